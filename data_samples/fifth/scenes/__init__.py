"""Planted patterns, one module per act."""
