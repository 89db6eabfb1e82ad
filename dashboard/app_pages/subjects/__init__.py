"""A page for each kind of subject."""
