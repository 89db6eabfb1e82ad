"""Revisions of the store's tables: that of this version, and those that it brings up to date."""

from __future__ import annotations

SCHEMA_REVISION = "0025"
"""Newest revision under versions/; a test compares the two."""
OLDER_REVISIONS = tuple(f"{number:04d}" for number in range(1, int(SCHEMA_REVISION)))
"""Revisions of earlier versions, which are brought up to date when a store is opened."""
