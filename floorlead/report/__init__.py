"""The evening's one page: drawn live from the day, sealed with a number, printed, and re-opened only with a reason."""
