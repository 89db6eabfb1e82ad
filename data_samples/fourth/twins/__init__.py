"""Lawful look-alikes of the fourth author's scenes."""
