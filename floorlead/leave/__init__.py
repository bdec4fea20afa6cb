"""Leave: asked for, granted with the desk covered first, withdrawn, counted in days and halves."""
