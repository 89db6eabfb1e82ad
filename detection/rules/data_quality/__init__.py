"""Rules about late, incomplete or inconsistent data."""
