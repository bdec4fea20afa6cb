"""The stock-take: from the list to the car and from the car to the list, twice a month."""
