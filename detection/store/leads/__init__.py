"""Outside leads in the store: their table, and what is written to it."""
