"""The pseudonym key: 32 random bytes as 64 hexadecimal digits, written whole or not at all, and checked when read."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path

from features.errors import WorkspaceError
from features.files import write_text

KEY_FILE = "pseudonym.key"
_OWNER_ONLY = 0o600
_FORM = re.compile(rb"[0-9a-fA-F]{64}\s*")
_LONGEST = 80
"""Bytes of a key file, with its line end."""


def make_key(file: Path) -> None:
    """Write a new key to a file that does not exist.

    Raises:
        OSError: it cannot be written; then there is no file.
    """
    write_text(file, secrets.token_hex(32), rights=_OWNER_ONLY)


def read_key(file: Path) -> bytes:
    """The key in a file.

    Raises:
        WorkspaceError: there is none, it cannot be read, or it is damaged.
    """
    try:
        content = file.read_bytes()
    except OSError as refused:
        raise WorkspaceError(
            "The pseudonym key cannot be read.",
            where=f"{file}: {refused.strerror}",
            next_step="restore the key from its backup: pseudonyms and numbers of alerts come from it",
        ) from None
    if _FORM.fullmatch(content) is None:
        raise WorkspaceError(
            "The pseudonym key is damaged: it is not 64 hexadecimal digits.",
            where=str(file),
            next_step="restore the key from its backup: pseudonyms and numbers of alerts come from it",
        )
    return bytes.fromhex(content.decode().strip())


def looks_like_key(file: Path) -> bool:
    """Whether a file holds what a pseudonym key looks like."""
    return file.stat().st_size <= _LONGEST and _FORM.fullmatch(file.read_bytes()) is not None


def fingerprint(key: bytes) -> str:
    """What identifies a key without revealing it."""
    return hashlib.sha256(b"fundwatch pseudonym key\0" + key).hexdigest()[:16]
