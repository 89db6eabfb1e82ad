"""Lawful events of the sixth author's cities that no truth names."""
