"""Figures in texts that are stored in both languages at once: yuan, shares and other numbers.

What a language writes in its own way is formatted by `detection.language.formats`, which agrees with these.
"""

from __future__ import annotations

from decimal import Decimal

from features.money import to_yuan


def plain_yuan(fen: int) -> str:
    """Exact yuan for files that programs read: ``-1234.56``."""
    return f"{to_yuan(fen):.2f}"


def grouped_yuan(fen: int) -> str:
    """Exact yuan with thousands marks: ``-1,234.56``."""
    return f"{to_yuan(fen):,.2f}"


def percent(share: float | Decimal, digits: int) -> str:
    """A share, 0 to 1, in per cent with so many decimals at most: ``12.5%``, ``80%``."""
    return f"{_shortened(f'{share * 100:.{digits}f}')}%"


def number(value: float) -> str:
    """A number with thousands marks and two decimals at most: ``1,234.5``."""
    return _shortened(f"{value:,.2f}")


def _shortened(text: str) -> str:
    """Without zeros at the end of a fraction."""
    return text.rstrip("0").rstrip(".") if "." in text else text
