"""What a detector is: its card, its context, the runner that evaluates it, and what it could not assess."""
