"""What of an export may stand in a message or a manifest: names of columns and short codes, never a value of a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

_LONGEST_NAME = 40
_LONGEST_CODE = 12
_MOST_CODES = 30
"""A column with more unknown codes holds ids or free text, of which not one is shown."""
_SHOWN = 100
_VALUE = re.compile(r"\d{6}|\d{4}\s*[-/.年]\s*\d|^[\d\s.,+-]+$|[:=@|\\\"'<>]")
"""What no name of a column has: the digits of an id or date, a number alone, or signs of other files."""
NOT_SHOWN = "…"
"""Stands for all codes that are not shown."""


def is_header(names: Collection[str]) -> bool:
    """Whether the first line of a file looks like names of columns, and not like a row of data."""
    return not any(len(name) > _LONGEST_NAME or _VALUE.search(name) for name in names)


def printable_codes(codes: Counter[str]) -> dict[str, int]:
    """Unknown codes of a column with their rows, the most frequent first; all that may be ids or texts as one."""
    shown = (
        {code: rows for code, rows in codes.items() if _is_code(code)} if len(codes) <= _MOST_CODES else {}
    )
    ordered = dict(sorted(shown.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN])
    others = sum(rows for code, rows in codes.items() if code not in ordered)
    return {**ordered, NOT_SHOWN: others} if others else ordered


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CODE and not re.search(r"\d{6}|\d{4}[-/.年]\d", text)
