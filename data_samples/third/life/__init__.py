"""Lawful life of the city beside the scenes of the third author; no truth names it."""
