"""Readings of the audit log: from its first entry on, or a page of it."""
