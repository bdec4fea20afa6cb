"""What two or more pages share on the screen: one canvas of lines, the grid, dialogs, text fields and the shell."""
