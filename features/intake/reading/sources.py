"""Find the files of a table in a data folder.

A table is ``<table>.csv``, ``<table>.parquet``, a workbook, or a folder ``<table>/`` of parts; Hive partitions such as
``month=2024-03/`` become columns. Text may be compressed (``.csv.gz``) or packed (``.zip``). Names are compared without
case. Files such as ``<table>_2024-01.csv`` are the parts of a table. A mapping may name a file of another name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from features.errors import WordedError
from features.intake.mapping.naming import loosely
from features.intake.reading.contents import (
    Content,
    DamagedFileError,
    content_of,
    has_ending,
    members,
    open_text,
    without_ending,
)
from features.intake.reading.names import (
    base_name,
    is_hidden,
    missing_file,
    numbered_parts,
    partitions,
    readable,
    sheets_of,
    visible_paths,
    without_number,
)
from features.intake.reading.workbooks import sheets
from features.message import Message

TRUTH = "truth"
"""Folder of the simulator's ground truth. Intake never opens it."""
SIMULATED = "simulated.json"
"""File that marks simulated data (upper or lower case)."""


@dataclass(frozen=True)
class SourceFile:
    """One file of a table.

    Attributes:
        path: where it is.
        name: its path inside the data folder, with forward slashes; a file in an archive follows its name.
        partitions: values of its Hive folders, which apply to every row.
        member: its name inside an archive.
        sheet: the sheet of a workbook.
        notes: how it was recognized, one sentence each.
    """

    path: Path
    name: str
    partitions: tuple[tuple[str, str], ...] = ()
    member: str | None = None
    sheet: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def content(self) -> Content:
        """What it contains."""
        return content_of(self.path)

    def open_text(self) -> BinaryIO:
        """Its unpacked bytes."""
        return open_text(self.path, self.member)


class MissingFileError(WordedError, LookupError):
    """A table's file is missing or ambiguous. The text is one entry of a list of problems."""


def find(data: Path, file: str, sheet: str | None = None) -> list[SourceFile]:
    """The files of one table.

    Args:
        data: the data folder.
        file: the table's name, or the file name a mapping gives, with or without its ending.
        sheet: the sheet of a workbook; None for the only one, or the one named like the table.

    Raises:
        MissingFileError: no file of this name, several files, or a folder without parts.
    """
    matches = _matches(data, file)
    if not matches:
        raise MissingFileError(missing_file(data, file))
    if len(matches) > 1:
        raise MissingFileError(
            Message("{file}: given several times ({names}); keep one", file=file, names=matches)
        )
    try:
        return _sources(data, matches[0], file, sheet)
    except DamagedFileError as problem:
        raise MissingFileError(
            Message("{file}: {problem}", file=matches[0], problem=problem.message)
        ) from None


def named(data: Path, files: Sequence[str], *, loose: bool) -> str | None:
    """The name in the folder of a table that may have several names; None if it is missing.

    Args:
        data: the data folder.
        files: names that it may have, with or without their ending.
        loose: ignore case and underscores, and a leading name of a database
            (``SETLCENT_DB.SETL_D.csv``).

    Raises:
        MissingFileError: several of the names exist.
    """
    matches = list(dict.fromkeys(match for file in files for match in _matches(data, file)))
    if loose:
        wanted = {loosely(file) for file in files}
        alike = [path.name for path in visible_paths(data) if wanted & _loose_names(path)]
        matches = alike or matches
    if len(matches) > 1:
        raise MissingFileError(
            Message("{file}: given several times ({names}); keep one", file=files[0], names=matches)
        )
    return matches[0] if matches else None


def ignored(data: Path, used: set[str]) -> list[str]:
    """Names in the data folder that no table is read from, except the simulator's own files.

    Sheets and packed files that are not read follow the name of their file.
    """
    tops = {name.split("/")[0] for name in used}
    known = tops | {TRUTH, SIMULATED}
    files = [
        path for path in visible_paths(data) if path.name not in known and path.name.lower() not in known
    ]
    inner = [
        name for path in visible_paths(data) if path.name in tops for name in _inner(path) if name not in used
    ]
    packed = [name for name in inner if any(other.startswith(f"{name.split('/')[0]}/") for other in used)]
    return sorted(map(readable, [path.name for path in files] + packed))


def listed(data: Path) -> list[str]:
    """Every name in the data folder that a table may be read from, as a mapping states it; sorted.

    Files that differ by a month or a number are one name; sheets and packed files follow the name of their file.
    """
    names: list[str] = []
    tops = [
        path
        for path in visible_paths(data)
        if path.name != TRUTH and (path.is_dir() or has_ending(path.name))
    ]
    numbered = Counter(without_number(path) for path in tops if path.is_file())
    for path in tops:
        inner, whole = _inner(path), without_number(path)
        if path.is_file() and whole and numbered[whole] > 1:
            names.append(whole)
        else:
            names += inner if len(inner) > 1 else [path.name]
    return sorted(dict.fromkeys(names))


def is_simulated(data: Path) -> bool:
    """Whether the folder is marked as simulated."""
    return any(path.name.lower() == SIMULATED for path in visible_paths(data))


def _matches(data: Path, file: str) -> list[str]:
    """Names of what the table may be read from: the nearest kind of name that exists.

    In this order: the exact name, the name in another case or with another ending, a sheet or packed file of the
    name, and parts such as ``<file>_2024-01.csv``, written ``<file>*``.
    """
    exact = [name for name in (file, f"{file}.csv", f"{file}.parquet") if (data / name).exists()]
    if exact:
        return exact
    top, inside, _ = file.partition("/")
    if file.endswith("*") or (inside and (data / top).is_file()):  # an answer of this function
        return [file]
    wanted = without_ending(file).lower()
    tops = [path for path in visible_paths(data) if path.is_dir() or has_ending(path.name)]
    alike = [path.name for path in tops if base_name(path).lower() == wanted]
    if alike:
        return alike
    inner = [name for path in tops for name in _inner(path)]
    packed = [name for name in inner if without_ending(name.rpartition("/")[2]).lower() == wanted]
    if packed:
        return packed
    return [f"{file}*"] if numbered_parts(tops, wanted) else []


def _inner(path: Path) -> list[str]:
    """Sheets of a workbook and files of an archive, behind its name."""
    if path.is_dir():
        return []
    try:
        match content_of(path):
            case Content.WORKBOOK:
                return [f"{path.name}/{sheet}" for sheet in sheets(path)]
            case Content.ARCHIVE:
                return [f"{path.name}/{member}" for member in members(path)]
    except DamagedFileError:
        return []
    return []


def _sources(data: Path, match: str, file: str, sheet: str | None) -> list[SourceFile]:
    if match.endswith("*"):
        tops = [path for path in visible_paths(data) if has_ending(path.name)]
        parts = numbered_parts(tops, without_ending(match[:-1]).lower())
        sources = [source for part in parts for source in _sources(data, part.name, file, sheet)]
        note = f"read as a part of {match[:-1]}, for its name"
        return [replace(source, notes=(note, *source.notes)) for source in sources]
    path = data / match
    if path.is_dir():
        return _parts(data, path)
    if not path.exists():  # inside of a file
        top, _, inner = match.partition("/")
        packed = content_of(data / top) is Content.ARCHIVE
        return [
            SourceFile(data / top, match, member=inner if packed else None, sheet=None if packed else inner)
        ]
    return _of_file(path, match, file, sheet)


def _of_file(path: Path, name: str, file: str, sheet: str | None) -> list[SourceFile]:
    match content_of(path):
        case Content.ARCHIVE:
            inside = members(path)
            if not inside:
                raise MissingFileError(
                    Message("{file}: the archive holds no text file (.csv, .txt); unpack it", file=name)
                )
            alike = [member for member in inside if without_ending(Path(member).name).lower() == file.lower()]
            return [SourceFile(path, f"{file}/{member}", member=member) for member in (alike or inside)]
        case Content.WORKBOOK:
            notes, several = ("read as an Excel workbook",), len(sheets(path)) > 1
            return [
                SourceFile(path, f"{file}/{chosen}" if several else name, sheet=chosen, notes=notes)
                for chosen in _sheets(path, name, file, sheet)
            ]
        case _ if has_ending(path.name):
            return [SourceFile(path, name)]
    raise MissingFileError(Message("{file}: neither .csv nor .parquet", file=name))


def _sheets(path: Path, name: str, file: str, sheet: str | None) -> list[str]:
    names, wanted = sheets(path), without_ending(file).lower()
    chosen = sheets_of(names, wanted) or (names if len(names) == 1 else [])
    if sheet is not None:
        chosen = [other for other in names if other.strip().lower() == sheet.lower()]
    if not chosen:
        raise MissingFileError(
            Message(
                "{file}: the sheets are {names}; none is named {sheet} "
                '(name the sheet like the table, or set sheet = "…" in the mapping)',
                file=name,
                names=names or [Message("empty")],
                sheet=sheet or without_ending(file),
            )
        )
    return chosen


def _loose_names(path: Path) -> set[str]:
    if not (path.is_dir() or has_ending(path.name)):
        return set()
    base = base_name(path)
    return {loosely(base), loosely(base.rpartition(".")[2])}


def _parts(data: Path, folder: Path) -> list[SourceFile]:
    """The parts in a folder: Parquet, or text where there is no Parquet."""
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file() and has_ending(path.name)]
    visible = [path for path in inside if not is_hidden(path.relative_to(folder))]
    parquet = [path for path in visible if path.suffix.lower() == ".parquet"]
    if not visible:
        raise MissingFileError(
            Message("{file}/: the folder holds no .parquet or .csv part", file=folder.name)
        )
    if parquet and len(parquet) < len(visible):
        other = next(path for path in visible if path not in parquet)
        raise MissingFileError(
            Message(
                "{file}/: parts are Parquet, but for {other}; keep parts of one kind",
                file=folder.name,
                other=other.name,
            )
        )
    sources: list[SourceFile] = []
    for path in visible:
        name, of_path = path.relative_to(data).as_posix(), partitions(path.relative_to(folder))
        sources += (replace(source, partitions=of_path) for source in _of_file(path, name, folder.name, None))
    return sources
