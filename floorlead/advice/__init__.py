"""What to order from the maker on Monday, model by colour, with its arithmetic in view."""
