"""Whom a pseudonym stands for: a subject of the run, or an id behind its alerts.

For `detection.store.queries.revealed` alone, which records the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from detection.masking import prefixes
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted
from detection.store.queries.subjects.lookup import settlement_row, subject_id
from detection.store.schema import Alert, Evidence, RecordEvidence

_PEOPLE = ("person", "payer_account")
_SUBJECTS = {"D": "prescriber", "E": "employer", "O": "operator"}
_REVEALED = (*_PEOPLE, *_SUBJECTS.values())
"""Kinds of subjects that are revealed."""


def identity_of(reader: Reader, pseudonym: str) -> str | None:
    """The id as the source has it; None where the run has no such subject and no alert names it.

    Institutions are shown by name and groups have no id of their own: neither is looked for. A reader limited to
    districts knows whom their alerts name, and no other subject.
    """
    prefix = pseudonym.partition("-")[0]
    indexed = _indexed(reader, pseudonym) if reader.scope is None else None
    if indexed is not None:
        return indexed
    candidates = _candidates(reader, prefix)
    return next(
        (identity for kind, identity in candidates if reader.identity(kind, identity) == pseudonym), None
    )


def _indexed(reader: Reader, pseudonym: str) -> str | None:
    """The id that the index of the current run has; None where it has none, or where the run has no index."""
    if pseudonym.startswith("S-"):
        row, settlements = settlement_row(reader, pseudonym), accepted(reader, "settlements")
        if row is None or settlements is None:
            return None
        return str(settlements.select("settlement_id").slice(row, 1).collect().item())
    kinds = (kind for kind in prefixes().get(pseudonym[:1], ()) if kind in _REVEALED)
    return next((identity for kind in kinds if (identity := subject_id(reader, kind, pseudonym))), None)


def _candidates(reader: Reader, prefix: str) -> Iterator[tuple[str, str]]:
    """Kind and id of all that pseudonyms with a prefix may stand for."""
    match prefix:
        case "P":
            return _people(reader)
        case "S":
            return _settlements(reader)
        case "R":
            return _records(reader)
        case _:
            return _subjects(reader, _SUBJECTS.get(prefix, ""))


def _people(reader: Reader) -> Iterator[tuple[str, str]]:
    """Subjects first: they are asked for most."""
    for kind in _PEOPLE:
        yield from _subjects(reader, kind)
    for members in reader.session.scalars(select(Alert.member_ids)):
        yield from (("person", str(member)) for member in members)
    for column in (Evidence.person_id, RecordEvidence.person_id):
        yield from (
            ("person", person) for person in reader.session.scalars(select(column).distinct()) if person
        )


def _subjects(reader: Reader, kind: str) -> Iterator[tuple[str, str]]:
    query = select(Alert.subject_id).where(Alert.subject_kind == kind).distinct()
    yield from ((kind, identity) for identity in reader.session.scalars(query))


def _settlements(reader: Reader) -> Iterator[tuple[str, str]]:
    query = select(Evidence.settlement_id).distinct()
    yield from (("settlement", identity) for identity in reader.session.scalars(query))


def _records(reader: Reader) -> Iterator[tuple[str, str]]:
    query = select(RecordEvidence.record_id).distinct()
    yield from (("record", identity) for identity in reader.session.scalars(query))
