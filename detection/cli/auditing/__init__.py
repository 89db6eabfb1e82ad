"""``fundwatch audit``: the log of everything that was done."""
