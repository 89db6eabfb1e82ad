"""The archive of a pack: a ZIP file whose bytes follow from its members alone.

Members are in the order of their paths, with one time and without compression: what a library compresses can differ
between two of its versions.
"""

from __future__ import annotations

import hashlib
import io
import zipfile

from detection.pack.layout import Members
from features.errors import InputError

_TIME = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o644 << 16
_UNIX = 3


def archive(members: Members) -> bytes:
    """The archive of some members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as pack:
        for path in sorted(members):
            member = zipfile.ZipInfo(path, _TIME)
            member.create_system = _UNIX
            member.external_attr = _RIGHTS
            pack.writestr(member, members[path])
    return content.getvalue()


_NO_ARCHIVE = (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError, IndexError)
"""What zipfile raises where an archive is damaged, encrypted, or packed in a way that it does not read."""


def members_of(content: bytes) -> dict[str, bytes]:
    """The members of an archive, whatever they hold.

    Raises:
        InputError: it is no archive, or is damaged so that it cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            return {member.filename: _read(content, member) for member in pack.infolist()}
    except _NO_ARCHIVE as error:
        raise InputError(
            "This is no evidence pack: it cannot be read as a ZIP file.",
            where=type(error).__name__,
            next_step="name a file that fundwatch pack build wrote",
        ) from None


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _read(content: bytes, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a stored member; a checksum of the archive that is wrong is for the manifest to tell."""
    start = member.header_offset
    names = int.from_bytes(content[start + 26 : start + 28], "little")
    extra = int.from_bytes(content[start + 28 : start + 30], "little")
    first = start + 30 + names + extra
    if member.compress_type != zipfile.ZIP_STORED or first + member.file_size > len(content):
        raise ValueError(member.filename)
    return content[first : first + member.file_size]
