"""The morning cards: who and what is looked at, entered by exception, with the time each mark was made."""
