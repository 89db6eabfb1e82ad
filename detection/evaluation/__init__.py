"""How well a detector finds what is known to be planted."""
