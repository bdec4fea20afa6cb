"""The sales process looked at: one form for one consultant."""
