"""The showroom's settings: its names, whom reports go to, language, look, marks, printer, times."""
