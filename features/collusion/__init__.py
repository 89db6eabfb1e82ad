"""Collusion: providers and people that occur together more often than district and habit explain."""
