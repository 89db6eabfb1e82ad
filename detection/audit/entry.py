"""One entry of the audit log, and the bytes that its hash is made of.

The bytes are canonical JSON (RFC 8785 for the values that occur here): names sorted, no spaces, UTF-8. They are
written by a template and not by a general encoder, because a million entries are verified in one go.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from json.encoder import encode_basestring
from typing import NamedTuple

from detection.language.sentences import in_both

FORMAT = 1
"""Version of the layout of an entry."""

BEFORE_THE_FIRST = "0" * 64
"""What the first entry has as the hash of the one before."""

BEGIN = "begin"
"""Action of the first entry."""

REFUSAL = "refusal"
"""Action of an entry about something that was refused."""

Values = Mapping[str, str | int | bool | None]
"""What something was or became; flat, without fractions, so that every tool writes it the same way."""

_FREE_TEXTS = {"because_en", "because_zh", "detail"}
"""Values that may repeat what a person typed."""
_LONGEST_NAME = 200

_text = encode_basestring
"""A text as JSON, without the detours of an encoder; anything else is a `TypeError`."""
_decoder = json.JSONDecoder()
_RESIDENT_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{14,17}[\dXx](?![0-9A-Za-z])")


@dataclass(frozen=True)
class EntryDraft:
    """What is to be entered; the log adds number, previous hash and hash.

    Attributes:
        at: ISO time.
        actor: who acted.
        action: what was done (``dismiss``, ``reveal``, ``run``, …).
        object: kind and name of what it was done to: ``alert:A-…``, ``identity:P-…``; never an id of the source.
        role: as what the actor acted; empty where there is no sign-in.
        before, after: what it was and became.
        reason: what the actor wrote.
    """

    at: str
    actor: str
    action: str
    object: str
    role: str = ""
    before: Values | None = None
    after: Values | None = None
    reason: str = ""


def refused(request: EntryDraft, because: str) -> EntryDraft:
    """What is entered of something that was requested and refused: nothing was changed, nothing was shown.

    Args:
        request: what was requested.
        because: why it was refused; a `Message` is entered in both languages.
    """
    why = in_both(because)
    after = {"requested": request.action, "because_en": why.en, "because_zh": why.zh}
    return replace(request, action=REFUSAL, before=None, after=after)


class Entry(NamedTuple):
    """One entry as it is stored; ``before`` and ``after`` are canonical JSON text of an object, or None."""

    number: int
    format: int
    at: str
    actor: str
    role: str
    action: str
    object: str
    before: str | None
    after: str | None
    reason: str
    previous: str
    hash: str

    def line(self) -> str:
        """The entry as one line of JSON, with its hash."""
        return self._canonical(f'"hash":{_text(self.hash)},')

    def content(self) -> bytes:
        """What the hash is made of.

        Raises:
            TypeError: a field holds what no entry can hold.
            ValueError: the number or the format is none.
        """
        return self._canonical("").encode("utf-8", "surrogatepass")

    def content_hash(self) -> str:
        """The hash that the content has, whatever hash the entry states.

        Raises:
            TypeError: a field holds what no entry can hold.
            ValueError: the number or the format is none.
        """
        return hashlib.sha256(self.content()).hexdigest()

    def _canonical(self, stated: str) -> str:
        return (
            f'{{"action":{_text(self.action)},"actor":{_text(self.actor)},"after":{self.after or "null"},'
            f'"at":{_text(self.at)},"before":{self.before or "null"},"format":{self.format:d},{stated}'
            f'"number":{self.number:d},"object":{_text(self.object)},"previous":{_text(self.previous)},'
            f'"reason":{_text(self.reason)},"role":{_text(self.role)}}}'
        )


def entry_of(draft: EntryDraft, number: int, previous: str) -> Entry:
    """The entry that a draft becomes at its place in the log."""
    entry = Entry(
        number=number,
        format=FORMAT,
        at=plain(draft.at),
        actor=plain(draft.actor),
        role=plain(draft.role),
        action=plain(draft.action),
        object=object_name(draft.object),
        before=_object(draft.before),
        after=_object(draft.after),
        reason=without_numbers(plain(draft.reason)),
        previous=previous,
        hash="",
    )
    return entry._replace(hash=entry.content_hash())


def object_name(name: str) -> str:
    """A name as it can be entered: what was typed as the number of an alert may be that of a resident."""
    text = plain(name)
    return (text if text.startswith("run:") else without_numbers(text))[:_LONGEST_NAME]


def plain(text: str) -> str:
    """A text that every database stores as it is: no NUL, no half of a character."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def without_numbers(text: str) -> str:
    """A text without what looks like a number of a resident (15 to 18 places)."""
    return _RESIDENT_NUMBER.sub("***", text)


def values_of(stored: str | None) -> dict[str, str | int | bool | None]:
    """What ``before`` or ``after`` of a stored entry says; nothing where it says nothing.

    Raises:
        ValueError: it is no JSON.
        TypeError: it is no JSON object.
    """
    if stored is None:
        return {}
    values, end = _decoder.raw_decode(stored)
    if end != len(stored):
        raise ValueError("more than one value")
    if not isinstance(values, dict):
        raise TypeError("no object")
    return values


def canonical(values: object) -> str:
    """A JSON value as canonical text: names sorted, no spaces."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _object(values: Values | None) -> str | None:
    if values is None:
        return None
    cleaned = {name: plain(each) if isinstance(each, str) else each for name, each in values.items()}
    for name in _FREE_TEXTS & cleaned.keys():
        cleaned[name] = without_numbers(str(cleaned[name]))
    return canonical(cleaned)
