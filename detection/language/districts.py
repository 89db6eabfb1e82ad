"""Names of districts: a fund's own, from a file in its workspace.

The file is a table of comma-separated values, as a spreadsheet saves it: ``code,name`` and, if wanted, ``name_en``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from detection.language.text import Text
from features.errors import InputError
from features.message import Message

_COLUMNS = ("code", "name", "name_en")
_NEEDED = 2
_CODE = re.compile(r"[0-9]{6}")
_MOST_CHARACTERS = 40


DistrictNames = Mapping[str, Text]
"""Names by code of six digits; without an English name, the Chinese one serves."""
NO_NAMES: DistrictNames = {}


def read_names(file: Path) -> DistrictNames:
    """The names of a file, in UTF-8 or, as Excel in China saves it, GB 18030.

    Raises:
        InputError: the file cannot be read, has another header, or has rows that cannot be used: all of them are named.
    """
    try:
        text = _decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The names of districts cannot be read.",
            where=f"{file}: {error.strerror if isinstance(error, OSError) else error.reason}",
            next_step="name a CSV file in UTF-8 or GB 18030 with the columns code, name and, if wanted, name_en",
        ) from None
    lines = [(number, [cell.strip() for cell in cells]) for number, cells in _rows(text) if any(cells)]
    header = [cell.lower() for cell in lines[0][1]] if lines else []
    if header not in (list(_COLUMNS), list(_COLUMNS[:_NEEDED])):
        raise InputError(
            "The first line of the names of districts is not as expected.",
            where=str(file),
            next_step="begin it with: code,name or: code,name,name_en",
        )
    names: dict[str, Text] = {}
    problems: list[Message] = []
    for number, cells in lines[1:]:
        wrong = list(_problems(number, cells, len(header), names))
        problems += wrong
        if not wrong:
            names[cells[0]] = Text(cells[_NEEDED] if any(cells[_NEEDED:]) else cells[1], cells[1])
    if problems or not names:
        raise InputError(
            "The names of districts cannot be used.",
            where=str(file),
            problems=problems or [Message("the file has no row")],
            next_step="correct these rows; nothing was changed",
        )
    return names


def as_file(names: DistrictNames) -> str:
    """The names as a file that `read_names` reads, by code."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((code, name.zh, name.en) for code, name in sorted(names.items()))
    return text.getvalue()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        yield reader.line_num, cells


def _problems(number: int, cells: list[str], columns: int, known: DistrictNames) -> Iterator[Message]:
    if len(cells) != columns:
        yield Message(
            "line {number}: {cells} cells instead of {columns}",
            number=number,
            cells=len(cells),
            columns=columns,
        )
        return
    code, names = cells[0], cells[1:]
    if not _CODE.fullmatch(code):
        yield Message("line {number}: the code {code!r} does not have six digits", number=number, code=code)
    elif code in known:
        yield Message(
            "line {number}: the code {code} stands in an earlier line, too", number=number, code=code
        )
    if not names[0]:
        yield Message("line {number}: the name is empty", number=number)
    if any(len(name) > _MOST_CHARACTERS or not name.isprintable() for name in names):
        yield Message(
            "line {number}: a name has more than {most} characters or a control character",
            number=number,
            most=_MOST_CHARACTERS,
        )
