"""Mapping files and presets: which source column becomes which contract column."""
