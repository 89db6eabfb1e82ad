"""The audit log in the store: its table, what keeps the table from being changed, and how entries are appended."""
