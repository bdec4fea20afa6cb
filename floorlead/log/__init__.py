"""What happened on the floor: incidents, complaints, notices, with the day's tasks, leave, outings and plate times in one list."""
