"""What stands where on one page? Lines → rows in reading order, each with its zone."""
