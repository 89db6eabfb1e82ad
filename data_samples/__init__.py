"""A simulated city that writes the data contract, with planted patterns, innocent twins and the truth."""
