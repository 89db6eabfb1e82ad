"""The alert store: one writer, one read door, and the schema they share."""
