"""Exports with the troubles that people met in the field, made from a part of the small city."""
