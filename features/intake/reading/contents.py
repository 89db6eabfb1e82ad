"""What a file contains, whatever its name says: text, Parquet, gzip, an archive or a workbook.

People rename files and pack them. The first bytes decide, so that a workbook named ``.csv`` is read as a workbook.
"""

from __future__ import annotations

import gzip
import zipfile
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

from features.errors import WordedError
from features.message import Message

_PARQUET, _GZIP, _ZIP = b"PAR1", b"\x1f\x8b", b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".tab", ".dat")
"""Endings of text files; ``.gz`` may follow."""
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Endings of workbooks."""
ENDINGS = (*TEXT_ENDINGS, ".parquet", *WORKBOOK_ENDINGS, ".zip")
"""Endings of files that tables are read from."""


class Content(StrEnum):
    """What a file contains."""

    TEXT = "text"
    PARQUET = "parquet"
    GZIP = "gzip"
    ARCHIVE = "zip"
    WORKBOOK = "workbook"


class DamagedFileError(WordedError, ValueError):
    """A packed file cannot be opened. The text says why."""


def content_of(path: Path) -> Content:
    """What a file contains, by its first bytes."""
    stat = path.stat()
    return _content(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _content(path: Path, _changed: int, _size: int) -> Content:
    with path.open("rb") as handle:
        start = handle.read(4)
    if start == _PARQUET or (path.suffix.lower() == ".parquet"):
        return Content.PARQUET
    if start == _OLD_EXCEL or path.suffix.lower() in WORKBOOK_ENDINGS:
        return Content.WORKBOOK
    if start.startswith(_GZIP):
        return Content.GZIP
    if start == _ZIP:
        return Content.WORKBOOK if _is_workbook(path) else Content.ARCHIVE
    return Content.ARCHIVE if path.suffix.lower() == ".zip" else Content.TEXT


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name in _WORKBOOK_PARTS for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return True  # only Excel files are renamed by hand; the workbook reader says that it is damaged


def without_ending(name: str) -> str:
    """A file's name without the endings of tables and packing: ``claims.CSV.gz`` is ``claims``."""
    lower = name.lower()
    for ending in (".gz", *ENDINGS):
        if lower.endswith(ending) and len(name) > len(ending):
            return without_ending(name[: -len(ending)])
    return name


def has_ending(name: str) -> bool:
    """Whether tables are read from files of this name."""
    return name.lower().removesuffix(".gz").endswith(ENDINGS)


def members(path: Path) -> list[str]:
    """The files of an archive that tables can be read from, sorted.

    Raises:
        DamagedFileError: the archive is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError):
        raise DamagedFileError(Message("not a whole zip archive")) from None
    visible = [name for name in names if not any(part.startswith((".", "_")) for part in Path(name).parts)]
    return sorted(name for name in visible if name.lower().endswith(TEXT_ENDINGS))


def open_text(path: Path, member: str | None) -> BinaryIO:
    """The bytes of a text file, unpacked.

    Args:
        path: the file, which may be compressed or an archive.
        member: the file inside an archive.

    Raises:
        DamagedFileError: the archive is damaged, or protected by a password.
    """
    if member is not None:
        try:
            return cast("BinaryIO", zipfile.ZipFile(path).open(member))
        # zipfile raises RuntimeError for a password, and NotImplementedError for a compression that it does not know.
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, KeyError):
            raise DamagedFileError(Message("damaged, or protected by a password")) from None
    if content_of(path) is Content.GZIP:
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")
