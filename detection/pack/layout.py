"""Where what stands in a pack."""

from __future__ import annotations

import json
from collections.abc import Mapping

FORMAT = 1
"""Version of the layout."""

MANIFEST = "manifest.json"
SUMS_OF_FILES = "SHA256SUMS"
FACTS = "pack.json"
ALERTS = "alerts.json"
ROWS = "rows.csv"
SUMS = "sums.csv"
LAW = "law.csv"
POLICY = "policy.json"
CARDS = "cards/"
CHARTS = "charts/"
CASES = "cases.json"
MONEY = "money.csv"
LOG = "log.jsonl"
INDEX = "index.html"
ADDED = "added/"
"""Folder of what is added to a pack and not compared: pictures, identities."""

Members = Mapping[str, bytes]
"""Content by path in the archive."""


def json_bytes(content: object) -> bytes:
    """JSON that people can read, and that is the same for the same content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()
