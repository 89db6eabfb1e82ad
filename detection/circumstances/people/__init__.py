"""What is known, or not, of the people whose care is assessed."""
