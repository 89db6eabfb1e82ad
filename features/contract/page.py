"""The data contract as a page for those who send data: ``python -m features.contract.page > docs/contract.md``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from features.contract.columns import Column, Kind, Table
from features.contract.tables import TABLES

_HEAD = """\
# The data contract

A data set is a folder. Each table is `<table>.csv` (UTF-8 or GB18030, with a header), `<table>.parquet`, or a folder
`<table>/` of parts of either kind. Text may be compressed (`.csv.gz`) or packed (`.zip`); workbooks (`.xlsx`) are read
too, and files such as `<table>_2024-01.csv` are parts. Money is yuan with two decimals, times are local
(Asia/Shanghai) to the second, dates ISO, ids text.
A column with `?` may be null or absent: what needs it is then "not assessable", never "no risk". Every code may also
be `other` or `unknown`. This page is generated from `features/contract/`. Exports with other names need a
[mapping file](mapping.md).
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *(line for table in TABLES.values() for line in _table(table))])


def _table(table: type[Table]) -> Iterator[str]:
    yield f"## {table.table}{'' if table.required else ' (optional)'}"
    yield ""
    yield inspect.getdoc(table) or ""
    yield ""
    yield "| column | kind | meaning |"
    yield "|---|---|---|"
    for name, column in table.columns.items():
        yield f"| {name}{'' if column.required else '?'} | {_kind(column)} | {column.means} |"
    yield ""


def _kind(column: Column) -> str:
    return (
        " · ".join(f"`{value}`" for value in column.values) if column.kind is Kind.CODE else column.kind.value
    )


if __name__ == "__main__":
    sys.stdout.write(page())
