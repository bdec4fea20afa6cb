"""What stands in the showroom and is looked at every morning: display spots, tables and zones, each with a keeper."""
