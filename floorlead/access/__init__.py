"""Personal data: who looked at what, how long it is kept, how it is erased for good."""
