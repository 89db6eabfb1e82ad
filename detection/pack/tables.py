"""Tables of a pack as CSV: UTF-8 with a byte order mark, so that a spreadsheet reads Chinese, and no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from detection.export.files import harmless


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_rows(content: bytes) -> list[Mapping[str, str]]:
    """The rows of a table by column.

    Raises:
        ValueError: it is no UTF-8 or no CSV, or a row has more or fewer cells than there are columns.
    """
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    try:
        columns = next(lines, [])
        return [dict(zip(columns, line, strict=True)) for line in lines]
    except csv.Error as error:  # which is no ValueError
        raise ValueError(str(error)) from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
