"""Rules about the data that providers send."""
