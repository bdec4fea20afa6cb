"""Who may open the screen, and who may do what only the manager may."""
