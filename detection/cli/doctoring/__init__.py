"""``fundwatch doctor``: the command, and how its page is printed."""
