"""Personal accounts: what is credited to them, and what is due."""
