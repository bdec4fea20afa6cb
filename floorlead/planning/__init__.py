"""The rota's engine: a problem in, a rota out, with the reasons; it knows no page, no store and no screen.

Everything but `backend` runs without the solver: reading, checking, drafting, counting fairness.
"""
