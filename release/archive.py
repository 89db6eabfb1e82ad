"""A folder as SHA-256 sums and as one archive; the same content gives the same bytes."""

from __future__ import annotations

import tarfile
from pathlib import Path

from release.wheels import digest

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
_FILE, _PROGRAM = 0o644, 0o755


def write_sums(folder: Path) -> Path:
    """Write the SHA-256 of every file of a folder as ``sha256sum --check`` reads it; gives the file."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    text = "".join(
        f"{digest(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in files
        if path.name not in {SUMS, SIGNATURE} or path.parent != folder
    )
    sums = folder / SUMS
    sums.write_text(text, encoding="utf-8")
    return sums


def write_archive(folder: Path, out: Path, moment: int) -> None:
    """Write a folder as a tar archive with one folder in it, of the same name.

    Args:
        folder: what is archived, in the order of names.
        out: the archive; a file of this name is replaced.
        moment: time of every file, in seconds since 1970.
    """
    with tarfile.open(out, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            info = archive.gettarinfo(path, path.relative_to(folder.parent).as_posix())
            info.uid, info.gid, info.uname, info.gname, info.mtime = 0, 0, "root", "root", moment
            info.mode = _FILE if info.isfile() and path.suffix != ".sh" else _PROGRAM
            if info.isfile():
                with path.open("rb") as content:
                    archive.addfile(info, content)
            else:
                archive.addfile(info)
