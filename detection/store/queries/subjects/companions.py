"""Whom a subject acts together with: people met again and again, institutions with patients in common, and groups."""

from __future__ import annotations

from dataclasses import dataclass

from detection.store.queries.reader import Reader
from detection.store.queries.subjects.lookup import files_of, subject_id

_MILLION = 1_000_000


@dataclass(frozen=True)
class Companion:
    """A person or an institution next to the subject.

    Attributes:
        kind, pseudonym, name: of the other.
        count: days on which two people met; people that two institutions share within days.
        expected: of those people, how many chance lets one expect; None for people.
        relation: of two people, as recorded; empty for institutions.
    """

    kind: str
    pseudonym: str
    name: str
    count: int
    expected: float | None
    relation: str


def companions(reader: Reader, kind: str, pseudonym: str, *, most: int = 10) -> list[Companion]:
    """The others that a person or an institution is most often together with, most often first; empty for others.

    Args:
        reader: the reading.
        kind: of the subject.
        pseudonym: of the subject.
        most: how many at most.
    """
    rows = files_of(reader).of(kind, "companions", subject_id(reader, kind, pseudonym))
    if rows is None:
        return []
    return [
        Companion(
            kind,
            reader.identity(kind, row["other"]),
            reader.name(kind, row["other"]),
            row["days"] if kind == "person" else row["people"],
            row["expected"] / _MILLION if "expected" in row else None,
            row.get("relation") or "",
        )
        for row in rows.head(most).collect().iter_rows(named=True)
    ]
