"""Rules about how settlements are made and taken back."""
