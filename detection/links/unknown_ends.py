"""Intervals whose end is not known: it could not be read, or lies before the start.

An end that is empty is open; one that was written and says nothing is neither open nor past. Whose it is can be
assessed on no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals.stable.v2 as nw

from detection.links.keys import KeyNames, too_many
from detection.links.link import Break, Part
from features.contract import stem
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
    rows = tables.frame(names.table).select(unknown=unknown, key=key).join(keys, on="key", how="semi")
    counted = collect(rows.group_by("key").agg(unknown=nw.col("unknown").max())).sort("key")
    lacking = tuple(counted.filter("unknown")["key"])
    if not lacking:
        return
    n, of, column = len(lacking), counted.height, f"{names.table}.{end}"
    en = f"{column}: the end is not known for {n:,} of {of:,} {names.en}"
    zh = f"{names.table_zh}（{column}）：{of:,} {names.zh}中有 {n:,} 的终止时间不明"
    why, why_zh = "it cannot be read, or lies before the start", "无法读取，或早于起始时间"
    if too_many(n, of):
        yield Break(f"{names.link} ends", (f"{en}: {why}", f"{zh}：{why_zh}"))
    else:
        yield Break(
            f"{names.link} ends",
            (f"{en} (rows: {{n}}): {why}", f"{zh}（{{n}} 行）：{why_zh}"),
            Part(names.role, lacking),
        )
