"""Read a sheet of an Excel workbook, every cell as text.

A number of sixteen digits or more has lost digits when Excel stored it. It is written in scientific notation, so that
the checks of ids refuse it instead of taking the rest for an id.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from features.intake.reading.contents import DamagedFileError
from features.message import Message

_EXACT = 10**15
"""Excel keeps fifteen digits of a number."""


def sheets(path: Path) -> list[str]:
    """Names of the sheets with cells, in the order of the workbook.

    Raises:
        DamagedFileError: the workbook is damaged, or protected by a password.
    """
    stat = path.stat()
    return list(_sheets(path, stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=256)
def _sheets(path: Path, _changed: int, _size: int) -> tuple[str, ...]:
    workbook = _open(path)
    filled = [name for name in workbook.sheet_names if _sheet(workbook, name).height > 0]
    return tuple(filled)


def rows(path: Path, sheet: str) -> Iterator[list[str | None]]:
    """The rows of a sheet from its first line on; an empty cell is None.

    Raises:
        DamagedFileError: the workbook is damaged, or protected by a password.
    """
    for row in _sheet(_open(path), sheet).iter_rows():
        yield [_text(cell) for cell in row]


def first_rows(content: bytes) -> Iterator[list[str | None]]:
    """The rows of the first sheet with cells of a workbook in memory, from its first line on; an empty cell is None.

    Raises:
        DamagedFileError: the workbook is damaged, or protected by a password.
    """
    workbook = _opened(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    for name in workbook.sheet_names:
        sheet = _sheet(workbook, name)
        if sheet.height > 0:
            yield from ([_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False))
            return


def _open(path: Path) -> CalamineWorkbook:
    return _opened(lambda: CalamineWorkbook.from_path(path))


def _opened(opening: Callable[[], CalamineWorkbook]) -> CalamineWorkbook:
    try:
        return opening()
    except (CalamineError, OSError):
        raise DamagedFileError(
            Message("not a whole Excel workbook, or protected by a password; save it again, or as CSV UTF-8")
        ) from None


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, OSError):
        raise DamagedFileError(Message("the sheet {name} cannot be read", name=name)) from None


def _text(cell: object) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case int() | float():
            return _number(float(cell))
        case dt.datetime():
            whole = (cell + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
            return whole.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
    return str(cell)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}" if abs(value) < _EXACT else f"{value:.14E}"
