"""The morning and the evening meeting: what is read out, ticked and promised."""
