"""Lawful business that looks like the sixth author's scenes, one module each."""
