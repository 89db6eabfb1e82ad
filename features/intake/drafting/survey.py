"""Survey a data folder whose names are not known: every file, its columns, and a sample of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.errors import InputError
from features.intake.reading.batches import ROW, Reader
from features.intake.reading.inspection import Inspected, UnreadableFileError, inspect
from features.intake.reading.sources import MissingFileError, find, listed
from features.message import Message

SAMPLE_ROWS = 5_000
"""Rows of a file that guesses are made from."""
NULL_WORDS = ("", "NA", "NULL", "null", "\\N")


@dataclass(frozen=True)
class Surveyed:
    """What a table may be read from.

    Attributes:
        name: its name, as a mapping states it.
        file: its first file, inspected; None where it is unreadable.
        sample: text of the first rows of this file.
        problem: why it is unreadable.
        files: number of its files.
    """

    name: str
    file: Inspected | None
    sample: pl.DataFrame
    problem: str = ""
    files: int = 1

    def keys(self, column: str) -> set[str]:
        """All different values of a column of its first file."""
        return set() if self.file is None else set(_keys(self.file, column))


def survey(data: Path) -> list[Surveyed]:
    """Everything in the folder that a table may be read from, sorted by name; nothing raises for its content."""
    return [_surveyed(data, name) for name in listed(data)]


def sampled(file: Inspected, column: str) -> pl.Series | None:
    """The first cells of a column, as text; None where they cannot be read."""
    try:
        batch = next(iter(Reader(file, (column,), NULL_WORDS)), None)
    except InputError:
        return None
    return None if batch is None else batch[column].head(SAMPLE_ROWS).cast(pl.String)


def _surveyed(data: Path, name: str) -> Surveyed:
    try:
        sources = find(data, name)
        file = inspect(sources[0])
        sample = next(iter(Reader(file, tuple(file.columns), NULL_WORDS)), pl.DataFrame())
    except (MissingFileError, UnreadableFileError) as problem:
        return Surveyed(name, None, pl.DataFrame(), problem.message)
    except InputError as problem:
        return Surveyed(
            name, None, pl.DataFrame(), Message("{file}: {problem}", file=name, problem=problem.what)
        )
    text = sample.head(SAMPLE_ROWS).drop(ROW, strict=False)
    plain = [column for column, kind in text.schema.items() if not kind.is_nested()]
    return Surveyed(name, file, text.select(pl.col(plain).cast(pl.String)), files=len(sources))


def _keys(file: Inspected, column: str) -> Iterator[str]:
    for batch in Reader(file, (column,), NULL_WORDS):
        yield from batch[column].drop_nulls().cast(pl.String).unique()
