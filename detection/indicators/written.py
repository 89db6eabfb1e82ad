"""Values of indicators as they are written in both languages: on screens, at a terminal, in reports."""

from __future__ import annotations

from detection.alerts.sentences import count_text, money_text
from detection.indicators.card import Unit
from detection.indicators.disclosure import Value
from detection.language.messages import messages

_PER_CENT = 100
_FEN = 100
_TEN_THOUSAND = 10_000


def value_text(value: float | None, unit: Unit, language: str) -> str:
    """A value in its unit: ``12.3%``, ``+4.1 points``, ``CN¥85.00``, ``6.25 months``; a dash for none.

    Args:
        value: the quotient as the read door gives it: a share, a difference of shares, fen, or a number.
        unit: of the indicator's card.
        language: ``en`` or ``zh``.
    """
    if value is None:
        return "–"
    match unit:
        case "share":
            return f"{value:.1%}"
        case "points":
            return _in_words("points", _signed(value * _PER_CENT, 1), language)
        case "yuan":
            return money_text(round(value), language)
        case "per_10000":
            return _in_words(unit, f"{value * _TEN_THOUSAND:,.1f}", language)
        case _:
            return _in_words(unit, f"{value:,.2f}", language)


def bound_text(bound: float, unit: Unit, language: str) -> str:
    """A bound of an attention line, which is drawn in the unit itself: yuan, not fen."""
    match unit:
        case "yuan":
            return money_text(round(bound * _FEN), language)
        case "per_10000":
            return value_text(bound / _TEN_THOUSAND, unit, language)
        case _:
            return value_text(bound, unit, language)


def change_text(change: float, unit: Unit, language: str) -> str:
    """How far a value moved, with its sign; shares and differences of shares move by points."""
    if unit in ("share", "points"):
        return _in_words("points", _signed(change * _PER_CENT, 1), language)
    if unit == "yuan":
        sign = "" if not round(change) else "−" if change < 0 else "+"
        return sign + money_text(abs(round(change)), language)
    return _signed(change * (_TEN_THOUSAND if unit == "per_10000" else 1), 2)


def amount_text(amount: int | None, of: str, language: str) -> str:
    """A numerator or denominator: fen as money, anything else as a count; a dash for what is hidden."""
    if amount is None:
        return "–"
    return money_text(amount, language) if of == "fen" else count_text(amount, language)


def both_text(value: Value, place: int, of: str, language: str) -> str:
    """A value's numerator (place 0) or denominator (1); of a difference those of both sides."""
    sides = [(value.numerator, value.denominator), *([value.other] if value.other else [])]
    return " − ".join(amount_text(side[place], of, language) for side in sides)


def _signed(value: float, digits: int) -> str:
    """A number with its sign: ``+4.1``, ``−0.25``; what rounds to nothing has none."""
    text = f"{abs(value):,.{digits}f}"
    if not float(text.replace(",", "")):
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def _in_words(unit: str, value: str, language: str) -> str:
    return messages(language, "codes")[f"indicator_unit.{unit}"].format(value=value)
