"""Which files of a data folder hold which table.

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
"""Folder of the simulator's answers; intake never opens it."""
SIMULATED = "simulated.json"
"""File by which the simulator says that nobody in the data exists (upper or lower case)."""

_ENDINGS = (".csv", ".parquet")


@dataclass(frozen=True)
class SourceFile:
    """One file of a table.

    Attributes:
        path: where it is.
        name: its path inside the data folder, with forward slashes.
        partitions: values that its Hive folders give to every row.
    """

    path: Path
    name: str
    partitions: tuple[tuple[str, str], ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether it is text."""
        return self.path.suffix.lower() == ".csv"


class NotThereError(LookupError):
    """A table's file is not in the folder, or it is there twice; the text is fit for a list of problems."""


def find(data: Path, file: str) -> list[SourceFile]:
    """The files of one table.

    Args:
        data: the data folder.
        file: the table's name, or the file name a mapping gives, with or without its ending.

    Raises:
        NotThereError: nothing of this name, several, or a folder without Parquet parts.
    """
    found = [path for name in (file, f"{file}.csv", f"{file}.parquet") if (path := data / name).exists()]
    if not found:
        close = get_close_matches(file, [path.stem for path in _visible(data)], n=3)
        hint = f"; found with a like name: {', '.join(sorted(close))}" if close else ""
        raise NotThereError(f"{file}: no {file}.csv, {file}.parquet or folder {file}/{hint}")
    if len(found) > 1:
        raise NotThereError(
            f"{file}: given several times ({', '.join(path.name for path in found)}); keep one"
        )
    if found[0].is_dir():
        return _parts(data, found[0])
    if found[0].suffix.lower() not in _ENDINGS:
        raise NotThereError(f"{found[0].name}: neither .csv nor .parquet")
    return [SourceFile(found[0], found[0].name)]


def exists(data: Path, file: str) -> bool:
    """Whether the folder has anything of this name."""
    return any((data / name).exists() for name in (file, f"{file}.csv", f"{file}.parquet"))


def named(data: Path, files: Sequence[str], *, loose: bool) -> str | None:
    """The name in the folder of a table that may have several; None when nothing is there.

    Args:
        data: the data folder.
        files: names that it may have, with or without their ending.
        loose: also in another case or without underscores, and behind the name of a database
            (``SETLCENT_DB.SETL_D.csv``).

    Raises:
        NotThereError: several are there.
    """
    found = [file for file in files if exists(data, file)]
    if loose:
        wanted = {loosely(file) for file in files}
        found = [path.name for path in _visible(data) if wanted & _loose_names(path)]
    if len(found) > 1:
        raise NotThereError(f"{files[0]}: given several times ({', '.join(found)}); keep one")
    return found[0] if found else None


def _loose_names(path: Path) -> set[str]:
    if not (path.is_dir() or path.suffix.lower() in _ENDINGS):
        return set()
    stem = path.name if path.is_dir() else path.stem
    return {loosely(stem), loosely(stem.rpartition(".")[2])}


def ignored(data: Path, used: set[str]) -> list[str]:
    """Names in the data folder that no table is read from, the simulator's own files apart."""
    tops = {name.split("/")[0] for name in used}
    known = tops | {TRUTH, SIMULATED}
    return sorted(
        path.name for path in _visible(data) if path.name not in known and path.name.lower() not in known
    )


def is_simulated(data: Path) -> bool:
    """Whether the simulator marked the folder as its own."""
    return any(path.name.lower() == SIMULATED for path in _visible(data))


def _is_hidden(path: Path) -> bool:
    """Whether a part of the path starts as the leftovers of other writers do."""
    return any(part.startswith((".", "_")) for part in path.parts)


def _visible(data: Path) -> list[Path]:
    return sorted(path for path in data.iterdir() if not _is_hidden(Path(path.name)))


def _parts(data: Path, folder: Path) -> list[SourceFile]:
    inside = sorted(path for path in folder.rglob("*.parquet") if path.is_file())
    parts = [path for path in inside if not _is_hidden(path.relative_to(folder))]
    if not parts:
        raise NotThereError(f"{folder.name}/: the folder holds no .parquet part")
    return [
        SourceFile(path, path.relative_to(data).as_posix(), _partitions(path.relative_to(folder)))
        for path in parts
    ]


def _partitions(inside: Path) -> tuple[tuple[str, str], ...]:
    pairs = (part.split("=", 1) for part in inside.parts[:-1] if "=" in part)
    return tuple((name, unquote(value)) for name, value in pairs)
