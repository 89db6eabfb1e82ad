"""Parts of the family page."""
