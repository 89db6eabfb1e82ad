"""Reading planned source files in batches of rows."""
