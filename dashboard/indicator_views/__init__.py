"""What the six screens of indicators are made of: the grid, one indicator in full, and the list behind it."""
