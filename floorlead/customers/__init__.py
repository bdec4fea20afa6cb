"""The prospects: one book row each, with a grade, a next contact and an advisor who owes it."""
