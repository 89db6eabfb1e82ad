"""Pseudonyms of former keys that stand in the history, and what they are now."""
