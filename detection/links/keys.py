"""Keys that match nothing: a reference table that is empty, cut short, of other people, or written differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from detection.links.limits import LIMITS
from detection.links.link import Break, Part, Role


@dataclass(frozen=True)
class KeyNames:
    """What readers call the keys of a join.

    Attributes:
        link: name of the link.
        role: of the keys in the subject rows.
        table, table_zh: the reference table.
        en, zh: several keys ("people", "人").
    """

    link: str
    role: Role
    table: str
    table_zh: str
    en: str
    zh: str


def unmatched(keys: pl.DataFrame, names: KeyNames) -> Iterator[Break]:
    """The break of a join: as a whole beyond the limit, else for the rows of the keys that match nothing.

    Args:
        keys: one row per key that needs a row, with ``key`` and ``matched``; keys sorted.
        names: words for readers.
    """
    lacking = keys.filter(~pl.col("matched"))["key"].to_list()
    if not lacking:
        return
    n, of = len(lacking), keys.height
    en = f"{n:,} of {of:,} {names.en} have no row in {names.table}"
    zh = f"{of:,} {names.zh}中有 {n:,} 无{names.table_zh}记录"
    if too_many(n, of):
        hint, hint_zh = "the table is not whole, or its keys differ", "该表不完整，或主键写法不一致"
        yield Break(names.link, (f"{en}: {hint}", f"{zh}：{hint_zh}"))
        return
    hint, hint_zh = "verify; changed number?", "需核实，是否换号？"
    yield Break(
        names.link,
        (f"{en} (rows: {{n}}): {hint}", f"{zh}（{{n}} 行）：{hint_zh}"),
        Part(names.role, tuple(lacking)),
    )


def too_many(n: int, of: int) -> bool:
    """Whether so many keys match nothing that the table is at fault."""
    return n >= LIMITS.whole("unmatched_least") and n * 100 > of * LIMITS.number("unmatched_percent")
