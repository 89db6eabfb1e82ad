"""Ids that people see: keyed stable pseudonyms, and sentences whose ids are filled in when they are shown.

A stored sentence never holds an id as plain text but a mark, ``⟦person:1024⟧``. The caller that shows
the sentence renders it, masked or revealed. The key is the workspace's and never leaves it, so that a pseudonym
can be followed through one workspace and means nothing outside.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from detection.language.spacing import put_into

_PREFIXES = {
    "person": "P",
    "payer_account": "P",  # an account is its owner: one pseudonym for both
    "provider": "I",
    "settlement": "S",
    "record": "R",
    "prescriber": "D",
    "employer": "E",
    "operator": "O",
    "group": "G",  # its id is a hash of its members, which a list of people could be tried against
}
_OPEN_TO_ALL = ("agency",)
"""Kinds whose ids name no person: an agency is the reader's own office."""

_CHARACTERS = 13
_BYTES = 10
"""Of the digest: more than the characters show, in whole groups of base 32."""

_DIGEST_CHARACTERS = 32
"""Of 4 bits: ids under one digest are looked at all, and there are no two in practice."""

_SYMBOLS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)
"""Of base 32 (RFC 4648)."""
_BLOCK = 64
"""Bytes of a block of SHA-256."""
_PADS = (0x36, 0x5C)
"""What HMAC combines the key with, in its inner and its outer hash."""

_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")


def mask(key: bytes, identity: str, kind: str = "person") -> str:
    """The pseudonym of an id: a letter for its kind, a dash and 13 characters of 5 bits.

    Two of n ids share a pseudonym with a probability of about n²/2⁶⁶: 1 in 18 million among 2 million ids, 1 in 7,000
    among 100 million.

    Args:
        key: the workspace's secret (`Workspace.pseudonym_key`).
        identity: the id as the source has it.
        kind: what the id names, in the contract's words; ids of agencies stay as they are.
    """
    return identity if kind in _OPEN_TO_ALL else masker(key, kind)(identity)


def masker(key: bytes, kind: str) -> Callable[[str], str]:
    """The function that masks ids of one kind, for many of them; the arguments are those of `mask`."""
    prefix = _PREFIXES[kind]
    started = hmac.new(key, f"{prefix}\0".encode(), hashlib.sha256)

    def masked(identity: str) -> str:
        code = started.copy()
        code.update(identity.encode())
        return f"{prefix}-{base64.b32encode(code.digest()[:_BYTES]).decode()[:_CHARACTERS]}"

    return masked


def id_digests(key: bytes) -> Callable[[str], str]:
    """The function that turns an id made of a pseudonym into what a store finds it by, for many of them.

    It needs the key: whoever has the store alone does not learn from it which row a pseudonym stands for.
    """
    started = hmac.new(key, b"digest of an id\0", hashlib.sha256)

    def digest(name: str) -> str:
        code = started.copy()
        code.update(name.encode())
        return code.hexdigest()[:_DIGEST_CHARACTERS]

    return digest


def masked_all(key: bytes, kind: str, identities: Iterable[str]) -> list[str]:
    """The pseudonyms of many ids of one kind, as `mask` gives them: a third of its work for each."""
    prefix = _PREFIXES[kind]
    inner, outer = (hashlib.sha256(_padded(key, byte)) for byte in _PADS)
    inner.update(f"{prefix}\0".encode())

    def code(identity: str) -> bytes:
        message, keyed = inner.copy(), outer.copy()
        message.update(identity.encode())
        keyed.update(message.digest())
        return keyed.digest()[:_BYTES]

    codes = np.frombuffer(b"".join(map(code, identities)), dtype=np.uint8).reshape(-1, _BYTES)
    text = (_SYMBOLS[_symbols(codes)].tobytes()).decode("ascii")
    starts = range(0, len(text), _CHARACTERS)
    return [f"{prefix}-{text[start : start + _CHARACTERS]}" for start in starts]


def _padded(key: bytes, byte: int) -> bytes:
    """The key as HMAC (RFC 2104) begins its two hashes with it."""
    block = key if len(key) <= _BLOCK else hashlib.sha256(key).digest()
    return bytes(each ^ byte for each in block.ljust(_BLOCK, b"\0"))


def _symbols(codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Numbers of 5 bits, `_CHARACTERS` of each code, from its first bit on."""
    bits = np.arange(_CHARACTERS, dtype=np.int64) * 5
    wide = codes.astype(np.int64)
    pairs = wide[:, bits // 8] << 8 | wide[:, bits // 8 + 1]
    return pairs >> (11 - bits % 8) & 31


def prefixes() -> Mapping[str, tuple[str, ...]]:
    """The kinds of ids by the letter that their pseudonyms begin with."""
    letters = sorted(set(_PREFIXES.values()))
    return {letter: tuple(kind for kind in _PREFIXES if _PREFIXES[kind] == letter) for letter in letters}


def mark(kind: str, identity: str) -> str:
    """The mark that stands for an id in a stored sentence."""
    safe = identity.replace("%", "%25").replace("⟦", "%E2%9F%A6").replace("⟧", "%E2%9F%A7")
    return f"⟦{kind}:{safe}⟧"


def render(text: str, key: bytes, *, reveal: bool = False, names: Mapping[str, str] | None = None) -> str:
    """A stored sentence as it is shown.

    Args:
        text: sentence with marks.
        key: the workspace's secret.
        reveal: show the ids as the source has them; the caller records the reason (`Writer.reveal`).
        names: names of providers by id, shown in place of their ids when given (institutions are public).
    """

    def shown(match: re.Match[str]) -> str:
        kind, identity = match[1], unquote(match[2])
        if kind == "provider" and names and identity in names:
            return names[identity]
        return identity if reveal else mask(key, identity, kind)

    return put_into(text, _MARK, shown)
