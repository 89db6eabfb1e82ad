"""Requests for real ids that a second person confirms: their table, and the only code that writes it."""
