"""Text tables of a card's cases: a header, then one row a line, cells separated by ``|``."""

from __future__ import annotations


def parse(table: str) -> list[dict[str, str]]:
    """The rows of a text table, cells as text without surrounding spaces.

    Raises:
        ValueError: a row has more or fewer cells than the header.
    """
    lines = [line for line in table.splitlines() if line.strip()]
    header = [cell.strip() for cell in lines[0].split("|")]
    return [dict(zip(header, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines[1:]]
