"""Setting up a showroom: an invented one to look at, a real one to begin with."""
