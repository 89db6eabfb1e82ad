"""Issued reports: kept in the workspace under a number, printed again to the same bytes, and compared when replaced."""
