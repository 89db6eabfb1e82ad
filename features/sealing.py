"""Sealed folders: hashes of all their files, as ``sha256sum --check SHA256SUMS`` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from features.errors import WorkspaceError
from features.files import write_text
from features.message import verbatim

SEAL = "SHA256SUMS"
_FILES_REMEMBERED = 8_192
_SHOWN = 10
_LOG = ".log"


def seal(folder: Path) -> None:
    """Write the hashes of all files of a folder into it; no file changes after that.

    Raises:
        OSError: the folder cannot be read or written.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    write_text(folder / SEAL, "".join(lines))


def seal_again(folder: Path, part: str) -> None:
    """Write the hashes of a part of a sealed folder anew, after it was made again; all others stay.

    Raises:
        OSError: the folder cannot be read or written.
    """
    kept = {
        place: recorded for place, recorded in _recorded(folder).items() if not place.startswith(f"{part}/")
    }
    fresh = {place: digest(folder / place) for place in _present(folder, part)}
    listed = sorted({**kept, **fresh}.items())
    write_text(folder / SEAL, "".join(f"{recorded}  {place}\n" for place, recorded in listed))


def is_sealed(folder: Path) -> bool:
    """Whether a folder has hashes; those of earlier versions do not."""
    return (folder / SEAL).exists()


def damage(folder: Path, part: str = "") -> list[str]:
    """Files of a sealed folder that are missing, were changed or were added; none for a folder without hashes.

    Args:
        folder: the sealed folder.
        part: a file or folder in it (``risk``, ``tables/settlements``) that is looked at alone; "" for everything.
    """
    if not is_sealed(folder):
        return []
    listed = _recorded(folder)
    lost = [
        place
        for place, recorded in listed.items()
        if (not part or place == part or place.startswith(f"{part}/"))
        and _current(folder / place) != recorded
    ]
    return lost + [place for place in _present(folder, part) if place not in listed and not _unsealed(place)]


def intact(folder: Path, part: str = "") -> Path:
    """A part of a sealed folder, all files of which are as they were written.

    Args:
        folder: the folder; one of an earlier version, without hashes, is taken as it is.
        part: as for `damage`.

    Raises:
        WorkspaceError: a file is missing, was changed or was added.
    """
    wrong = damage(folder, part)
    if wrong:
        raise WorkspaceError(
            "Files of the workspace are missing or were changed since they were written.",
            where=str(folder),
            next_step="restore them from a backup, or run again on the same data",
            problems=[verbatim(place) for place in wrong[:_SHOWN]],
        )
    return folder / part if part else folder


def sums(text: str) -> dict[str, str]:
    """Hashes by place, as a list of hashes has them; a line that cannot be read stands for a file that is not there."""
    pairs = (line.partition("  ") for line in text.splitlines())
    return {place or SEAL: recorded for recorded, _, place in pairs}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; it is read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recorded(folder: Path) -> Mapping[str, str]:
    """Hashes of a folder's files by place; none for a folder without them."""
    try:
        text = (folder / SEAL).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    return sums(text)


def _present(folder: Path, part: str) -> list[str]:
    """Places of all that is no folder in a part of a folder; links too, wherever they lead."""
    top = folder / part
    paths = sorted(top.rglob("*")) if top.is_dir() else [top]
    return [
        path.relative_to(folder).as_posix()
        for path in paths
        if path.is_symlink() or (path.exists() and not path.is_dir())
    ]


def _unsealed(place: str) -> bool:
    """Whether a place is the list itself, or a log, which is written after the sealing."""
    return place == SEAL or ("/" not in place and place.endswith(_LOG))


def _current(path: Path) -> str:
    """The hash of a file as it is; empty where it cannot be read."""
    try:
        state = path.stat()
        return _digest_of(path, state.st_mtime_ns, state.st_size, state.st_ino)
    except OSError:
        return ""


@lru_cache(maxsize=_FILES_REMEMBERED)
def _digest_of(path: Path, _changed: int, _size: int, _node: int) -> str:
    """The hash of a file in one state; screens ask for it with every page."""
    return digest(path)
