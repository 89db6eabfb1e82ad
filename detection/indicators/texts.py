"""Values of indicators in text, in both languages: on screens, at a terminal, in reports."""

from __future__ import annotations

from fractions import Fraction

from detection.indicators.card import Unit
from detection.indicators.disclosure import Value
from detection.language.formats import decimals, formats
from detection.language.messages import messages
from features.money import FEN_PER_YUAN

_PER_CENT = 100
_TEN_THOUSAND = 10_000
_NONE = "–"


def value_text(value: float | None, unit: Unit, language: str) -> str:
    """A value in its unit: ``12.3%``, ``+4.1 points``, ``CN¥85.00``, ``6.25 months``; a dash for none.

    Args:
        value: the quotient as queries give it: a share, a difference of shares, fen, or a number.
        unit: of the indicator's card.
        language: ``en`` or ``zh``.
    """
    if value is None:
        return _NONE
    figures = formats(language)
    match unit:
        case "share":
            return figures.small_share(value)
        case "points":
            return _with_unit("points", figures.signed_exactly(value * _PER_CENT, 1), language)
        case "yuan":
            return figures.money(round(value))
        case "per_10000":
            return _number(value * _TEN_THOUSAND, 1, unit, language)
        case _:
            return _number(value, 2, unit, language)


def bound_text(bound: float, unit: Unit, language: str) -> str:
    """A bound of an attention threshold, which is given in the unit itself: yuan, not fen."""
    match unit:
        case "yuan":
            return value_text(round(bound * FEN_PER_YUAN), unit, language)
        case "per_10000":
            return value_text(bound / _TEN_THOUSAND, unit, language)
        case _:
            return value_text(bound, unit, language)


def change_text(change: float | Fraction, unit: Unit, language: str) -> str:
    """The change of a value, with its sign; shares and differences of shares change by points.

    It has as many decimals as it takes to show that there is a change: what is printed as zero is none.
    """
    figures = formats(language)
    if unit in ("share", "points"):
        return _with_unit("points", figures.signed_exactly(change * _PER_CENT, 1), language)
    if unit == "yuan":
        yuan = figures.signed_exactly(change / FEN_PER_YUAN, 2)
        signed = yuan[0] in "+−"
        return f"{yuan[:signed]}{figures.currency}{yuan[signed:]}"
    return figures.signed_exactly(change * (_TEN_THOUSAND if unit == "per_10000" else 1), 2)


def amount_text(amount: int | None, of: str, language: str) -> str:
    """A numerator or denominator: fen as money, anything else as a count; a dash where it is hidden."""
    if amount is None:
        return _NONE
    return formats(language).money(amount) if of == "fen" else formats(language).count(amount)


def both_text(value: Value, part: int, of: str, language: str) -> str:
    """A value's numerator (part 0) or denominator (part 1); of a difference those of both sides."""
    sides = [(value.numerator, value.denominator), *([value.other] if value.other else [])]
    return " − ".join(amount_text(side[part], of, language) for side in sides)


def _number(value: float, digits: int, unit: str, language: str) -> str:
    return _with_unit(unit, formats(language).fixed(value, decimals(value, digits)), language)


def _with_unit(unit: str, value: str, language: str) -> str:
    return messages(language, "codes")[f"indicator_unit.{unit}"].format(value=value)
