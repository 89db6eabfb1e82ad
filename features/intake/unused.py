"""Name what is probably meant by a column or file that is not read: a typing error loses it without a word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from features.contract import TABLES
from features.intake.mapping.naming import loosely
from features.intake.reading.contents import without_ending

_CLOSE = 0.82
"""Likeness, from 0 to 1, from which a name is offered: two wrong letters in a name of usual length."""


def likely_columns(unused: Iterable[str], missing: Iterable[str]) -> dict[str, str]:
    """The name that is probably meant by unused columns, for those that resemble a missing one.

    Args:
        unused: columns of a table's files that are not read.
        missing: names that would have been read.
    """
    return _likely({name: name for name in unused}, missing)


def likely_tables(ignored: Iterable[str], read: Iterable[str]) -> dict[str, str]:
    """The table that is probably meant by files that are not read.

    Args:
        ignored: names in the data folder, sheets and packed files behind the name of their file.
        read: tables that are read.
    """
    tables = set(TABLES) - set(read)
    return _likely({name: without_ending(name.rpartition("/")[2]) for name in ignored}, tables)


def _likely(names: dict[str, str], known: Iterable[str]) -> dict[str, str]:
    by_key = {loosely(name): name for name in sorted(known)}
    likely: dict[str, str] = {}
    for name, short in names.items():
        close = get_close_matches(loosely(short), by_key, n=1, cutoff=_CLOSE)
        if close:
            likely[name] = by_key[close[0]]
    return likely
