"""What was done, by whom and when: the log of actions to read, one day at a time."""
