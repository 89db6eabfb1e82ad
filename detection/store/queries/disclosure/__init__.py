"""What leaves the masked views: whom a pseudonym stands for, what was shown and taken away, and letters."""
