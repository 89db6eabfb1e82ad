"""Scenes of the third author."""
