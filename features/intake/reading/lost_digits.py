"""Refuse columns of ids whose digits are lost: scientific notation, fifteen digits of a spreadsheet, floats.

Such ids look like ids, and many of them become equal. What was lost cannot be restored, so that the export has to be
written again.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from features.errors import InputError
from features.intake.reading.inspection import Inspected
from features.intake.values.shapes import number_shape
from features.message import Message

_SCIENTIFIC = r"^-?[0-9]\.[0-9]+[eE]\+?[0-9]{1,3}$|^-?[0-9]+[eE]\+[0-9]{1,3}$"
_LONG = r"^[0-9]{17,22}(\.0+)?$"
_LONG_BYTES = 17
_ROUNDED = r"^[0-9]{15}0+(\.0+)?$"
_FLOAT_FRACTION = r"^[0-9]{16,}\.0+$"
_EXACT = 2**53
_ENOUGH = 20
"""Different long ids from which on zeros after the fifteenth digit of all of them are no coincidence."""
_NEXT = Message(
    "export the ids as text, not from a spreadsheet or a program that opened them as numbers; nothing was stored"
)


def refuse_lost_digits(
    batch: pl.DataFrame,
    ids: Collection[str],
    signs: Collection[str],
    file: Inspected,
    rows: str,
    *,
    first: bool,
) -> None:
    """Refuse a batch with ids that lost digits.

    Args:
        batch: rows of the file.
        ids: its columns of ids.
        signs: those in which a cell of text may have a point or a sign.
        file: the file, for the message.
        rows: column of row numbers.
        first: whether it is the first batch of the file: rounded ids are searched there.

    Raises:
        InputError: with the columns, a row of each, and the shape of its value.
    """
    problems: list[Message] = []
    for name in sorted(ids):
        cells = batch[name]
        if cells.dtype.is_float():
            bad, what = cells.abs() > _EXACT, Message("floating-point numbers above 2^53, which are rounded")
        elif cells.dtype == pl.String:
            spoiled = _spoiled(cells, signs=name in signs, first=first)
            if spoiled is None:
                continue
            bad, what = spoiled
        else:
            continue
        if bad.any():
            row, cell = batch.filter(bad).select(rows, name).row(0)
            example = number_shape(str(cell))
            problems.append(
                Message(
                    "{column}: {cells:,} of {all_cells:,} values are {form} (row {row}: {example})",
                    column=name,
                    cells=int(bad.sum()),
                    all_cells=cells.count(),
                    form=what,
                    row=row,
                    example=example,
                )
            )
    if problems:
        raise InputError(
            "Ids in the data have lost digits.", where=file.file.name, problems=problems, next_step=_NEXT
        )


def _spoiled(cells: pl.Series, *, signs: bool, first: bool) -> tuple[pl.Series, Message] | None:
    if signs:
        scientific = cells.str.contains(_SCIENTIFIC)
        if scientific.any():
            return scientific, Message("numbers in scientific notation")
        fraction = cells.str.contains(_FLOAT_FRACTION)
        if fraction.any():
            return fraction, Message("numbers of more than fifteen digits with a fraction, which are rounded")
    if first and bool((cells.str.len_bytes() >= _LONG_BYTES).any()):
        long = cells.filter(cells.str.contains(_LONG)).unique()
        if long.len() >= _ENOUGH and bool(long.str.contains(_ROUNDED).all()):
            return cells.str.contains(_ROUNDED), Message("numbers rounded to fifteen digits")
    return None
