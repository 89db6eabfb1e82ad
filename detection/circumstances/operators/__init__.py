"""Who served whom at a counter."""
