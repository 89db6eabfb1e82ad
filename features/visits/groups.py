"""Groups of rows on arrays: the key's columns are packed into one integer, which sorts several times as fast.

Sums are of integers, so the order of the rows inside a group does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]

_BITS = 63  # of a signed integer that is not negative
_NONE = 2**_BITS - 1
"""Stands for null where the smallest value is looked for."""


@dataclass(frozen=True)
class Groups:
    """Rows in the order of their key.

    Attributes:
        order: positions of the rows in the key's order; None when they are in this order already.
        starts: where each group begins in that order.
        rows: how many rows there are.
    """

    order: Ints | None
    starts: Ints
    rows: int

    def first(self, column: pl.Series) -> pl.Series:
        """The value of each group's first row: of a key's column, the key."""
        return column.gather(self.starts if self.order is None else self.order[self.starts])

    def count(self) -> Ints:
        """Rows of each group."""
        return np.diff(self.starts, append=self.rows)

    def sum(self, column: pl.Series) -> Ints:
        """Sum of an integer column without nulls in each group."""
        return self._reduced(np.add, column)

    def max(self, column: pl.Series) -> Ints:
        """Largest value of an integer column without nulls in each group."""
        return self._reduced(np.maximum, column)

    def min(self, column: pl.Series) -> pl.Series:
        """Smallest value of an integer column in each group; null where the group has none."""
        least = pl.Series(self._reduced(np.minimum, column.cast(pl.Int64).fill_null(_NONE)))
        return least.set(least == _NONE, None)

    def _reduced(self, by: np.ufunc, column: pl.Series) -> Ints:
        values = column.cast(pl.Int64).to_numpy()
        if not self.rows:
            return values
        reduced: Ints = by.reduceat(values if self.order is None else values[self.order], self.starts)
        return reduced


def grouped(*key: pl.Series) -> Groups:
    """Groups of the rows that are equal in every column of the key; integers without nulls, equally long."""
    columns = [column.cast(pl.Int64).to_numpy() for column in key]
    rows = len(columns[0])
    if not rows:
        return Groups(None, np.zeros(0, dtype=np.int64), 0)
    widths = [int(column.max() - column.min()).bit_length() for column in columns]
    if sum(widths) > _BITS:
        order = np.lexsort(columns[::-1])
        changes = np.any([np.diff(column[order]) != 0 for column in columns], axis=0)
        return Groups(order, np.flatnonzero(np.append(True, changes)), rows)
    packed = np.zeros(rows, dtype=np.int64)
    for column, width in zip(columns, widths, strict=True):
        packed = packed << width | column - column.min()
    return _of_sorted(packed)


def _of_sorted(packed: Ints) -> Groups:
    order = None
    if np.any(packed[1:] < packed[:-1]):
        order = pl.Series(packed).arg_sort().cast(pl.Int64).to_numpy()  # quicker than NumPy's
        packed = packed[order]
    return Groups(order, np.flatnonzero(np.append(True, packed[1:] != packed[:-1])), len(packed))
