"""The leader's first look: what to do now, what to watch, the day in numbers, what happened last."""
