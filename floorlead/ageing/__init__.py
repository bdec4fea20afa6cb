"""The cars that stand too long: how long, what they cost, who was told, and what happened since."""
