"""Intervals whose end, or whose status, is not known.

An end that is empty is open; one that cannot be read, or lies before the start, is neither open nor past. A status of
a code that is in no list is neither active nor inactive. Whose interval it is can be assessed on no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from detection.links.keys import KeyNames, too_many
from detection.links.link import Break, Part
from features.contract import stem
from features.contract.vocabulary import UNKNOWN
from features.engine import collect
from features.registry import Frame
from features.tables import Tables, unknown_end

_ENDS: Mapping[str, tuple[str, str]] = {
    "enrolments": ("start_date", "end_date"),
    "providers": ("agreement_start", "agreement_end"),
    "provider_status": ("from", "to"),
    "family_authorizations": ("valid_from", "valid_to"),
}
"""First and last day of the rows of a table."""


@dataclass(frozen=True)
class Lack:
    """What is not known of a row.

    Attributes:
        kind: of the break.
        column: that lacks it.
        en, zh: what is not known.
        why, why_zh: the reason.
    """

    kind: str
    column: str
    en: str
    why: str
    zh: str
    why_zh: str


_END = (
    "the end is not known",
    "it cannot be read, or lies before the start",
    "的终止时间不明",
    "无法读取，或早于起始时间",
)
_STATUS = "the status is not known", "its code is in no list", "的状态不明", "代码不在代码表内"


def unknown_ends(tables: Tables, keys: Frame, key: str, names: KeyNames) -> Iterator[Break]:
    """The break of a table of intervals: as a whole where the ends of many are not known, else for those keys.

    Args:
        tables: the data set.
        keys: keys with claims: ``key``.
        key: column of the table that has them.
        names: words for readers.
    """
    start, end = _ENDS[names.table]
    if not tables.has(names.table, start, end):
        return
    first, last = nw.col(f"{stem(start)}_day"), nw.col(f"{stem(end)}_day")
    unknown = nw.col(unknown_end(end)).fill_null(False) | (last < first).fill_null(False)
    yield from _lacking(_rows(tables, names, unknown, key, keys), names, Lack("ends", end, *_END))


def unknown_statuses(tables: Tables, keys: Frame, key: str, names: KeyNames) -> Iterator[Break]:
    """The break of a table whose rows have a ``status`` of a code that is in no list; arguments as above."""
    if not tables.has(names.table, "status"):
        return
    unknown = (nw.col("status") == UNKNOWN).fill_null(False)
    yield from _lacking(_rows(tables, names, unknown, key, keys), names, Lack("statuses", "status", *_STATUS))


def _rows(tables: Tables, names: KeyNames, unknown: nw.Expr, key: str, keys: Frame) -> Frame:
    """Rows of the table of those keys: ``key``, ``unknown``."""
    return tables.frame(names.table).select(unknown=unknown, key=key).join(keys, on="key", how="semi")


def _lacking(rows: Frame, names: KeyNames, lack: Lack) -> Iterator[Break]:
    """The break of those keys of which a row is ``unknown``; of the whole table where they are many."""
    counted = collect(rows.group_by("key").agg(unknown=nw.col("unknown").max())).sort("key")
    lacking = tuple(counted.filter("unknown")["key"])
    if not lacking:
        return
    n, of, column = len(lacking), counted.height, f"{names.table}.{lack.column}"
    en = f"{column}: {lack.en} for {n:,} of {of:,} {names.en}"
    zh = f"{names.table_zh}（{column}）：{of:,} {names.zh}中有 {n:,} {lack.zh}"
    if too_many(n, of):
        yield Break(f"{names.link} {lack.kind}", (f"{en}: {lack.why}", f"{zh}：{lack.why_zh}"))
    else:
        yield Break(
            f"{names.link} {lack.kind}",
            (f"{en} (rows: {{n}}): {lack.why}", f"{zh}（{{n}} 行）：{lack.why_zh}"),
            Part(names.role, lacking),
        )
