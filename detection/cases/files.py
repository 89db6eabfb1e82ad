"""Which files a case may have: their name, type and size; a file is what its type says that it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detection.cases.codes import codes
from detection.cases.limits import limits
from features.errors import UsageError

MEGABYTE = 1_000_000
_MOST_NAME = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BEGINS: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
}
_ENCODINGS = ("utf-8", "gb18030")


def file_types() -> tuple[str, ...]:
    """Types of files by the ending of their name."""
    return codes().lists["file_type"]


def checked_name(name: str, content: bytes) -> str:
    """The name of a file without folders, once the file may be kept.

    Raises:
        UsageError: it has no name, no known type, is empty or too large, or is not what its type says.
    """
    plain = _CONTROL.sub("", re.split(r"[\\/]", name)[-1]).strip()[-_MOST_NAME:]
    ending = plain.rpartition(".")[2].lower()
    if not plain.rpartition(".")[0] or ending not in file_types():
        raise UsageError(
            "Files of this type are not kept.",
            next_step="use one of {names}",
            names=list(file_types()),
        )
    if not content:
        raise UsageError("The file is empty.", next_step="choose another")
    if len(content) > limits().most_file_megabytes * MEGABYTE:
        raise UsageError(
            "A file has {most} MB at most.",
            next_step="make it smaller, or split it",
            most=limits().most_file_megabytes,
        )
    if not _is(ending, content):
        raise UsageError("The file is not what its name says.", next_step="save it anew in its type")
    return plain


def _is(ending: str, content: bytes) -> bool:
    if ending in _BEGINS:
        return content.startswith(_BEGINS[ending])
    return b"\0" not in content and any(_reads(content, encoding) for encoding in _ENCODINGS)


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
