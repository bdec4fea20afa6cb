"""Whose turn it is at the door: in the order of arrival, lowered by what is overdue, every change with its reason."""
