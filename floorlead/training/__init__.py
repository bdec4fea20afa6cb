"""The idle group's training in the morning: who is idle, topic, trainer, and who was there."""
