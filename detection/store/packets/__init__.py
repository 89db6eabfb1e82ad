"""Packets as the writer keeps them, so that a list is read from an index and not from all alerts."""
