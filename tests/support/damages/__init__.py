"""Seeded damages of a small export: of a table or column as a whole, and of single cells."""
