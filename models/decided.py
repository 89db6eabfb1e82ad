"""What somebody decided about the models: the values of the card ``peers.toml``, and nothing else.

A model is fitted once and then kept, so it takes the value in force at the latest date of the card; the
values used are logged with every fitted model.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from features.errors import CardError

CARD = Path(__file__).with_name("peers.toml")
_PARTS = ("name", "from", "value", "unit", "source", "status")


@dataclass(frozen=True)
class Decided:
    """The card's content.

    Attributes:
        values: name → value, the latest of each name.
        hierarchy: attribute columns that make peers, broadest first, by entity.
        words: language → entity or provider kind → what peers are called.
    """

    values: dict[str, Any]
    hierarchy: dict[str, list[str]]
    words: dict[str, dict[str, str]]

    def __getitem__(self, name: str) -> Any:
        """The value of a name.

        Raises:
            CardError: the card has no such value.
        """
        if name not in self.values:
            raise CardError(
                f"The card has no value named {name!r}.",
                where=CARD.name,
                next_step="add a [[value]] with that name",
            )
        return self.values[name]


@cache
def decided() -> Decided:
    """The card as it stands.

    Raises:
        CardError: values that lack a part, each named.
    """
    raw = tomllib.loads(CARD.read_text(encoding="utf-8"))
    lacking = [
        f"[[value]] {value.get('name', number)} lacks {part!r}"
        for number, value in enumerate(raw["value"], 1)
        for part in _PARTS
        if part not in value
    ]
    if lacking:
        raise CardError("The card is incomplete.", where=CARD.name, problems=lacking)
    latest = {one["name"]: one["value"] for one in sorted(raw["value"], key=lambda value: value["from"])}
    return Decided(latest, raw["hierarchy"], raw["words"])
