"""Find the files of a table in a data folder.

A table is ``<table>.csv``, ``<table>.parquet`` or a folder ``<table>/`` of Parquet parts; Hive partitions
such as ``month=2024-03/`` become columns. A mapping may name a file of another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from features.intake.mapping.naming import loosely

TRUTH = "truth"
"""Folder of the simulator's ground truth. Intake never opens it."""
SIMULATED = "simulated.json"
"""File that marks simulated data (upper or lower case)."""

_ENDINGS = (".csv", ".parquet")


@dataclass(frozen=True)
class SourceFile:
    """One file of a table.

    Attributes:
        path: where it is.
        name: its path inside the data folder, with forward slashes.
        partitions: values of its Hive folders, which apply to every row.
    """

    path: Path
    name: str
    partitions: tuple[tuple[str, str], ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether it is text."""
        return self.path.suffix.lower() == ".csv"


class MissingFileError(LookupError):
    """A table's file is missing or ambiguous. The text is one entry of a list of problems."""


def find(data: Path, file: str) -> list[SourceFile]:
    """The files of one table.

    Args:
        data: the data folder.
        file: the table's name, or the file name a mapping gives, with or without its ending.

    Raises:
        MissingFileError: no file of this name, several files, or a folder without Parquet parts.
    """
    paths = [path for name in (file, f"{file}.csv", f"{file}.parquet") if (path := data / name).exists()]
    if not paths:
        close = get_close_matches(file, [path.stem for path in _visible(data)], n=3)
        hint = f"; similar names: {', '.join(sorted(close))}" if close else ""
        raise MissingFileError(f"{file}: no {file}.csv, {file}.parquet or folder {file}/{hint}")
    if len(paths) > 1:
        raise MissingFileError(
            f"{file}: given several times ({', '.join(path.name for path in paths)}); keep one"
        )
    if paths[0].is_dir():
        return _parts(data, paths[0])
    if paths[0].suffix.lower() not in _ENDINGS:
        raise MissingFileError(f"{paths[0].name}: neither .csv nor .parquet")
    return [SourceFile(paths[0], paths[0].name)]


def exists(data: Path, file: str) -> bool:
    """Whether the folder has a file or folder of this name."""
    return any((data / name).exists() for name in (file, f"{file}.csv", f"{file}.parquet"))


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
    matches = [file for file in files if exists(data, file)]
    if loose:
        wanted = {loosely(file) for file in files}
        matches = [path.name for path in _visible(data) if wanted & _loose_names(path)]
    if len(matches) > 1:
        raise MissingFileError(f"{files[0]}: given several times ({', '.join(matches)}); keep one")
    return matches[0] if matches else None


def _loose_names(path: Path) -> set[str]:
    if not (path.is_dir() or path.suffix.lower() in _ENDINGS):
        return set()
    stem = path.name if path.is_dir() else path.stem
    return {loosely(stem), loosely(stem.rpartition(".")[2])}


def ignored(data: Path, used: set[str]) -> list[str]:
    """Names in the data folder that no table is read from, except the simulator's own files."""
    tops = {name.split("/")[0] for name in used}
    known = tops | {TRUTH, SIMULATED}
    return sorted(
        path.name for path in _visible(data) if path.name not in known and path.name.lower() not in known
    )


def is_simulated(data: Path) -> bool:
    """Whether the folder is marked as simulated."""
    return any(path.name.lower() == SIMULATED for path in _visible(data))


def _is_hidden(path: Path) -> bool:
    """Whether a part of the path starts with a dot or underscore, like temporary files of other writers."""
    return any(part.startswith((".", "_")) for part in path.parts)


def _visible(data: Path) -> list[Path]:
    return sorted(path for path in data.iterdir() if not _is_hidden(Path(path.name)))


def _parts(data: Path, folder: Path) -> list[SourceFile]:
    inside = sorted(path for path in folder.rglob("*.parquet") if path.is_file())
    parts = [path for path in inside if not _is_hidden(path.relative_to(folder))]
    if not parts:
        raise MissingFileError(f"{folder.name}/: the folder holds no .parquet part")
    return [
        SourceFile(path, path.relative_to(data).as_posix(), _partitions(path.relative_to(folder)))
        for path in parts
    ]


def _partitions(inside: Path) -> tuple[tuple[str, str], ...]:
    pairs = (part.split("=", 1) for part in inside.parts[:-1] if "=" in part)
    return tuple((name, unquote(value)) for name, value in pairs)
