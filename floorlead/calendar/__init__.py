"""The office calendar: holidays and make-up workdays, which the plate office, the banks and the order day follow."""
