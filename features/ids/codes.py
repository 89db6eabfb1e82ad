"""Ids as integers: rows of one data set with codes in place of the texts of its ids.

Groups, joins and windows over integers need about half of the work of those over texts. One list of ids gives the
codes: those of everybody who takes part, in the order of their texts, then those of settlements in theirs. So codes
are compared, joined and sorted as their texts are, and a code is turned back into its text whatever column it stands
in. Ids of employers, items, programmes and ledger entries stay texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.table_access import TableFrame

CODE = pl.UInt32()
"""Type of a code."""

_SETTLEMENTS = ("settlement_id", "reverses_settlement_id")
_PARTIES = (
    *("person_id", "beneficiary_id", "payer_id", "account_id", "mutual_aid_payer_id"),
    *("provider_id", "prescriber_id", "operator_id"),
)
CODED = frozenset({*_SETTLEMENTS, *_PARTIES})
"""Columns of ids that get codes, in every table."""


def is_coded(rows: pl.DataFrame | pl.LazyFrame, column: str) -> bool:
    """Whether a column has codes and not texts."""
    return rows.collect_schema()[column] == CODE


def numbered(rows: pl.LazyFrame, column: str) -> pl.Expr:
    """A number for each id of a column, in any order."""
    return pl.col(column) if is_coded(rows, column) else pl.col(column).cast(pl.Categorical).to_physical()


@dataclass(frozen=True)
class IdCodes:
    """The ids of one data set.

    Attributes:
        parties: ids of people, accounts, providers, prescribers and operators, each once, sorted.
        settlements: ids of settlements, each once, sorted.
    """

    parties: pl.Series
    settlements: pl.Series

    @cached_property
    def texts(self) -> pl.Series:
        """Every id at the place of its code."""
        return pl.concat([self.parties, self.settlements])

    def in_text(self, rows: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
        """The rows with texts in place of codes, in those of the columns that have codes."""
        coded = [name for name in columns if rows.schema.get(name) == CODE]
        return rows.with_columns(self.texts.gather(rows[name]).alias(name) for name in coded)

    def blank(self) -> list[int]:
        """The codes of ids that are blanks alone."""
        blanks: list[int] = (self.texts.str.strip_chars() == "").arg_true().to_list()
        return blanks

    def lookup(self, code: str, text: str) -> pl.LazyFrame:
        """Every code in a column ``code``, its text in a column ``text``."""
        return pl.LazyFrame({text: self.texts}).with_row_index(code)

    def in_codes(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with codes in place of texts, in the columns of `CODED`; null for an id that is not of the data.

        For few rows: each text is looked up by halving, and no table of all ids is made.
        """
        return rows.with_columns(self._looked_up(rows[name]) for name in rows.columns if name in CODED)

    def _looked_up(self, texts: pl.Series) -> pl.Series:
        settlement = texts.name in _SETTLEMENTS
        known = self.settlements if settlement else self.parties
        if known.is_empty():
            return pl.Series(texts.name, [None] * len(texts), dtype=CODE)
        places = known.search_sorted(texts.fill_null("")).clip(upper_bound=len(known) - 1)
        codes = (places + (len(self.parties) if settlement else 0)).cast(CODE)
        return codes.set(known.gather(places).ne_missing(texts), None).alias(texts.name)

    @property
    def expressions(self) -> dict[str, pl.Expr]:
        """The code of each column of `CODED`, by its name; a table of all ids is made for them, once."""
        parties, settlements = pl.Enum(self.parties), pl.Enum(self.settlements)
        own = {name: _code(name, parties, 0) for name in _PARTIES}
        return own | {name: _code(name, settlements, len(self.parties)) for name in _SETTLEMENTS}


def coded(frames: Mapping[str, TableFrame], folder: Path) -> tuple[dict[str, TableFrame], IdCodes]:
    """Tables with codes in place of ids, written to a folder, and the ids.

    Args:
        frames: accepted tables by name.
        folder: gets a Parquet file of each table, which is read at once and not kept.
    """
    native: dict[str, pl.LazyFrame] = {name: frame.to_native() for name, frame in frames.items()}
    ids = IdCodes(_ids(native, _PARTIES), _ids(native, _SETTLEMENTS))
    codes, written = ids.expressions, dict[str, TableFrame]()
    for name, frame in native.items():
        file = folder / f"{name}.parquet"
        own = [codes[column] for column in frame.collect_schema().names() if column in CODED]
        frame.with_columns(own).sink_parquet(file, compression="uncompressed", statistics=False)
        written[name] = nw.from_native(pl.scan_parquet(file))
    return written, ids


def _ids(frames: Mapping[str, pl.LazyFrame], columns: tuple[str, ...]) -> pl.Series:
    """Every id of some columns of all tables once, sorted."""
    each = [
        frame.select(id=column).unique()
        for frame in frames.values()
        for column in frame.collect_schema().names()
        if column in columns
    ]
    whole = pl.concat([pl.LazyFrame(schema={"id": pl.String}), *each]).drop_nulls().unique()
    return whole.collect(engine="streaming").to_series().sort()


def _code(column: str, kind: pl.Enum, first: int) -> pl.Expr:
    return pl.col(column).cast(kind, strict=False).to_physical().cast(CODE) + pl.lit(first, CODE)
