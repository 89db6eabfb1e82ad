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
from collections.abc import Callable, Mapping
from urllib.parse import unquote

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

    return _MARK.sub(shown, text)
