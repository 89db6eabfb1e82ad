"""Innocent look-alikes of the second author: each has the outer form of a scene and a lawful reason."""
