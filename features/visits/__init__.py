"""Visits: who went where on which day, for how much, and who is compared with whom."""
