"""Detectors of groups: people who appear together, and whether that is more than chance (card next to code)."""
