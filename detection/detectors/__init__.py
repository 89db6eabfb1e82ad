"""What a detector is: its card, its context, its runner, and what it can assess."""
