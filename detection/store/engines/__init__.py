"""The two databases of a store, and all in which they differ; everything else is the same code."""
