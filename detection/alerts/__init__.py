"""Hits and scores become alerts: one per case, with its money, its grade and what speaks against it."""
