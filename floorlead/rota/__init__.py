"""The duty rota: who works when, who holds the desk, made by hand or by the solver, printed and published."""
