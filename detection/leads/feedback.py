"""What may go back to the sender of a lead, from feedback.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from detection.leads.row import LEAD_KINDS
from features.dated import TomlModel

Part = Literal["verdict", "disposition", "money"]
"""What was found, what was decided, and money confirmed and received."""


class GoesBack(TomlModel):
    """What goes back for a kind of lead, its source, and the day from which it applies."""

    parts: list[Part]
    source: str
    start: dt.date = Field(alias="from")


@cache
def goes_back() -> Mapping[str, tuple[Part, ...]]:
    """What goes back besides number, state and day, by kind of lead.

    Raises:
        ValidationError: an entry is of a wrong type.
        KeyError: a kind of lead is missing.
    """
    text = Path(__file__).with_name("feedback.toml").read_text(encoding="utf-8")
    entries = {name: GoesBack.model_validate(entry) for name, entry in tomllib.loads(text).items()}
    return {kind: tuple(entries[kind].parts) for kind in LEAD_KINDS}
