"""The people of the showroom and who is here today: their names, roles, rest days, and the morning's sign-in."""
