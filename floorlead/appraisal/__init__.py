"""The monthly appraisal, 70 for the daily work and 30 for attendance, each point with its source."""
