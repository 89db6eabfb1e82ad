"""The catalogue of evidence columns: names, kinds of value and titles, from ``columns.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from detection.detectors.cards import Card, Evidence
from detection.language.text import Text

ColumnKind = Literal[
    "day",
    "days",
    "moment",
    "month",
    "person",
    "payer_account",
    "provider",
    "prescriber",
    "operator",
    "settlement",
    "record",
    "items",
    "amount",
    "count",
    "km",
    "code",
    "text",
    "point",
]
"""Kinds of values: days are a list; money in fen; a point is latitude and longitude; a record is a source's number."""

IDS = ("person", "payer_account", "provider", "prescriber", "operator", "settlement", "record")
"""Kinds whose values name somebody or a row: shown as pseudonyms, institutions by name."""
NUMBERS = ("amount", "count", "km")
"""Kinds that tables align to the right."""

_DEFAULTS: Mapping[Evidence, tuple[str, ...]] = {
    "settlements": ("care_type", "diagnosis", "items", "prescriber", "operator", "credential"),
    "records": ("entry_kind", "movement", "balance_recorded"),
}
"""What a table shows after the columns of the card."""


@dataclass(frozen=True)
class EvidenceColumn:
    """One column.

    Attributes:
        name: as cards and the store name it.
        kind: what its values are.
        title: heading in tables.
        codes: names of the codes; empty for other kinds.
        hidden: whether pictures alone read it.
    """

    name: str
    kind: ColumnKind
    title: Text
    codes: Mapping[str, Text]
    hidden: bool


@cache
def evidence_columns() -> Mapping[str, EvidenceColumn]:
    """All columns by name, in the order of tables."""
    content = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
    codes = {
        group: {code: Text(*names) for code, names in named.items()}
        for group, named in content["codes"].items()
    }
    return {
        name: EvidenceColumn(
            name,
            entry["kind"],
            Text(entry["en"], entry["zh"]),
            codes.get(entry.get("codes", ""), {}),
            entry.get("hidden", False),
        )
        for name, entry in content["column"].items()
    }


def columns_of(card: Card) -> tuple[EvidenceColumn, ...]:
    """Columns of a card's evidence: its own, then those of its kind of evidence; unknown names are left out.

    A card that an earlier version stored may name a column that no longer exists.
    """
    return _known((*card.proof, *_DEFAULTS[card.evidence]))


def _known(names: Iterable[str]) -> tuple[EvidenceColumn, ...]:
    catalogue = evidence_columns()
    return tuple(catalogue[name] for name in dict.fromkeys(names) if name in catalogue)
