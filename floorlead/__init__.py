"""floorlead: the showroom floor leader's day in one terminal and one file."""

__version__ = "0.1.0"
