"""The month's targets, split to weeks, days and people, and split again every morning."""
