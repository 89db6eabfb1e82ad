"""Rules about the use of a personal account by relatives."""
