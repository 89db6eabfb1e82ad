"""Lawful events of the city that no truth names."""
