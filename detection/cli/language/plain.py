"""Texts of the data and of people at a terminal: printed, and never obeyed."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BETWEEN_WORDS = "\t\n\r"


def without_orders(text: str) -> str:
    """A text of the data or of people on one line, with a mark in place of each character that a terminal obeys."""
    return _CONTROL.sub(lambda it: " " if it[0] in _BETWEEN_WORDS else "\N{REPLACEMENT CHARACTER}", text)


def lines_without_orders(text: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(map(without_orders, text.split("\n")))


def plain_text(text: str) -> str:
    """One line for Rich, without orders: its marks in square brackets stand for themselves too."""
    from rich.markup import escape

    return escape(without_orders(text))
