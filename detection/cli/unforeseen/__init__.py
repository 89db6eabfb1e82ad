"""Errors that nobody foresaw, as a person at the terminal sees them."""
