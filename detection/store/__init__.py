"""The alert store: one writer, one query layer, and the schema they share."""
