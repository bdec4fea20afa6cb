"""The customers' orders in delivery: the papers one by one, the plate and hand-over times, what is missing."""
