"""Whether a number in the audit log is that of a lead or of a case: the log has one kind for both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

_NUMBER = re.compile(r"([LC])-\d{4}-\d")
_KINDS: Mapping[str, Literal["lead", "case"]] = {"L": "lead", "C": "case"}


def case_kind(number: str) -> Literal["lead", "case"] | None:
    """What a number such as ``L-2026-0001`` is the number of; None for neither."""
    match = _NUMBER.match(number)
    return None if match is None else _KINDS[match[1]]
