"""What bills say: limits of their items, stays, what patients pay themselves, and whom their items fit."""
