"""What the data say about personal accounts over time."""
