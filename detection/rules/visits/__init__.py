"""Rules about visits: how they are made, split, and fit together."""
