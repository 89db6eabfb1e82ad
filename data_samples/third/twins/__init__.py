"""Innocent twins of the third author."""
