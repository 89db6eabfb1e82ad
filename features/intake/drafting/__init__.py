"""Draft a mapping file for an export: what is known about its names, and guesses marked as such."""
