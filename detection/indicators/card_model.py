"""The content of an indicator card's TOML file, as pydantic models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from detection.indicators.card import Comparison, Direction, Measured, Screen, Unit
from detection.indicators.cuts import CutName
from features.contract import TABLES
from features.dated import DatedValue, NamedValue, TomlModel
from features.indicators.periods import Kind
from features.message import Message

Text = Annotated[str, Field(min_length=1)]
Names = list[str]
_SIDES: Mapping[object, tuple[str, ...]] = {
    "high": ("above",),
    "low": ("below",),
    "both": ("below", "above"),
}


class CardText(TomlModel):
    """``[en]`` and ``[zh]``: the card's texts in a language; see `detection.indicators.card.Words`."""

    title: Text
    numerator: Text
    denominator: Text
    meaning: Text
    innocent_explanation: Text


class PartName(TomlModel):
    """``[part.<code>]``: name of a part of the numerator."""

    en: Text
    zh: Text


class AttentionEntry(DatedValue):
    """``[[attention]]``: bounds beyond which a value deserves review; the unit is the indicator's own."""

    unit: str = ""
    of: Measured = "value"
    direction: Direction
    below: float | None = None
    above: float | None = None
    source_zh: Text


class CardFile(TomlModel):
    """A card's file; see `detection.indicators.card.IndicatorCard` for the keys."""

    screen: Screen
    unit: Unit
    of: list[Literal["count", "fen"]] = Field(min_length=1, max_length=2)
    statements: Names = Field(min_length=1)
    kinds: list[Kind] = Field(min_length=1)
    cuts: list[CutName] = Field(min_length=1)
    against: Comparison | None = None
    needs: dict[str, Names] = Field(min_length=1)
    needs_policy: Names = Field(default_factory=list)
    rests_on: Names = Field(default_factory=list)
    spans: Names = Field(default_factory=list)
    needs_detectors: Names = Field(default_factory=list)
    threshold: list[NamedValue] = Field(default_factory=list)
    attention: list[AttentionEntry] = Field(min_length=1)
    part: dict[str, PartName] = Field(default_factory=dict)
    en: CardText
    zh: CardText


def contradictions(content: Mapping[str, object]) -> Iterator[Message]:
    """What is wrong with a card's content although each key alone may be right.

    Args:
        content: the file as read, whether or not it fits `CardFile`.
    """
    needs, cuts = content.get("needs"), content.get("cuts")
    for table, columns in needs.items() if isinstance(needs, dict) else ():
        yield from _unknown_columns(table, columns)
    if isinstance(cuts, list) and "part" in cuts and not content.get("part"):
        yield Message("it is cut by part, but names no [part.…]")
    entries = content.get("attention")
    attention = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    for number, entry in enumerate(attention, 1):
        missing = (side for side in _SIDES.get(entry.get("direction"), ()) if side not in entry)
        yield from (
            Message("attention {number}: lacks {side!r}", number=number, side=side) for side in missing
        )
    compared = {str(entry.get("of")) for entry in attention} & {"difference", "trend"}
    if bool(compared) != ("against" in content):
        yield Message("an attention threshold of a difference or a trend and 'against' go together")
    if len(compared) > 1:
        yield Message("institutions are compared by a difference or by a trend, not by both")
    if "trend" in compared and content.get("against") != "city":
        yield Message("a trend is compared with the city's")


def _unknown_columns(table: str, columns: object) -> Iterator[Message]:
    if table not in TABLES:
        yield Message("needs {table}, which is no table of the contract", table=table)
        return
    unknown = (
        [column for column in columns if column not in TABLES[table].columns]
        if isinstance(columns, list)
        else []
    )
    yield from (
        Message("needs {table}.{column}, which is no column of the contract", table=table, column=column)
        for column in unknown
    )
