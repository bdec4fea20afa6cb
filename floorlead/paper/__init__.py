"""Papers: one record that is drawn as text, as an A4 page and as data, and sent to the shop's printer."""
