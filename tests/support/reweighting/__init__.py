"""Finished cities under other weights, from the pieces of evidence that were kept: no city is run again."""
