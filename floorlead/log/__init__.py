"""The log of the day: incidents, complaints, notices of the maker's, and beside them all else that is still open."""
