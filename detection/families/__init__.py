"""One account and the people whom it pays for: what to check about their relations, and where the money went."""
