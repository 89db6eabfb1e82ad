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
from collections.abc import Mapping
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
    if kind in _OPEN_TO_ALL:
        return identity
    prefix = _PREFIXES[kind]
    digest = hmac.new(key, f"{prefix}\0{identity}".encode(), hashlib.sha256).digest()
    return f"{prefix}-{base64.b32encode(digest).decode()[:_CHARACTERS]}"


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
