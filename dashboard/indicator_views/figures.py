"""Values of indicators in text: in their unit, with their two integers, and a remark on their sufficiency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dashboard.wording import figures, label, language, localized, t
from detection.indicators.card import AttentionThreshold, Unit
from detection.indicators.texts import amount_text, bound_text, change_text, value_text
from detection.store.queries.indicators.values import Tile, Value

UNKNOWN = "unknown"
"""A cell of a cut, or a code, that is not in the data."""


def written(value: float | None, unit: Unit) -> str:
    """A value in its unit: ``12.3%``, ``+4.1 points``, ``CN¥85.00``, ``6.25 months``."""
    return value_text(value, unit, language())


def moved(change: float | Fraction, unit: Unit) -> str:
    """A change of a value: shares and differences move by points."""
    return change_text(change, unit, language())


def integer(amount: int | None, of: str, *, short: bool = False) -> str:
    """A numerator or denominator: fen as money, anything else as a count."""
    return (
        figures().short_money(amount)
        if short and of == "fen" and amount is not None
        else amount_text(amount, of, language())
    )


def quotient(value: Value, of: tuple[str, str]) -> str:
    """The two integers of a value, short: ``1,204 / 8,133``; of a difference both pairs."""
    if value.denominator is None:
        return ""
    first = f"{integer(value.numerator, of[0], short=True)} / {integer(value.denominator, of[1], short=True)}"
    if value.other is None:
        return first
    numerator, denominator = value.other
    return f"{first} − {integer(numerator, of[0], short=True)} / {integer(denominator, of[1], short=True)}"


def change_of(tile: Tile) -> tuple[str, str]:
    """A change in words, and what it is a change against; without a change the latter says so."""
    card = tile.card
    if tile.change is not None:
        return arrow(tile.change) + moved(tile.change, card.unit), t(
            "indicator.against", period=period_name(tile.against)
        )
    if tile.latest is None:
        return "", t("indicator.against.none")
    change = arrow(tile.latest.change) + moved(tile.latest.change, card.unit)
    return change, t("indicator.against.month", month=month_name(tile.latest.month))


def arrow(change: float | Fraction) -> str:
    """Up, down, or nothing for no change."""
    return "▲ " if change > 0 else "▼ " if change < 0 else ""


def remark_of(tile: Tile) -> str:
    """A remark on a value: hidden, few people, or not assessable; empty where none is needed."""
    if tile.point.value is None:
        return t("indicator.not_assessable")
    return (
        "" if tile.point.value.sufficiency == "enough" else label("sufficiency", tile.point.value.sufficiency)
    )


def threshold_text(message: str, threshold: AttentionThreshold, unit: Unit) -> str:
    """An attention threshold in a sentence: its bounds, since when, and from which source."""
    return t(
        message,
        bounds=t("separator").join(bounds_of(threshold, unit)),
        start=figures().day(threshold.start),
        source=localized({"en": threshold.source, "zh": threshold.source_zh}),
        status=label("value_status", threshold.status),
    )


def bounds_of(threshold: AttentionThreshold, unit: Unit) -> list[str]:
    """The bounds of an attention threshold in words."""
    sides = (("below", threshold.below), ("above", threshold.above))
    return [
        t(f"indicator.threshold.{side}", bound=bound_text(bound, unit, language()))
        for side, bound in sides
        if bound is not None
    ]


def period_name(window: str) -> str:
    """A period in words: ``12 months to 2024-06``."""
    kind, _, end = window.partition(":")
    return t(f"indicator.period.{kind}", end=month_name(end))


def month_name(month: str) -> str:
    """A month (``2024-03``) in the reader's language."""
    return figures().month(month)


def cell_name(by: str, cell: str, parts: Mapping[str, Mapping[str, str]]) -> str:
    """A cell of a cut: the name of its code or of its part, or the cell itself."""
    if by == "part" and cell in parts:
        return parts[cell][language()]
    if cell == UNKNOWN:
        return t("indicator.unknown")
    group = {
        "provider_level": "level",
        "respondent_group": "person_category",
        "group": "person_category",
    }.get(by, by)
    return label(group, cell)
