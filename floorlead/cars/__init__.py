"""The cars, from the day they are paid to the day they drive off: four independent axes, three ages, one VIN."""
