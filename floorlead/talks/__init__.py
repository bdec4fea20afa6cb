"""What is known of rivals and how it is said: a small library for the morning training."""
