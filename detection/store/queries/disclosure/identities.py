"""Whom a pseudonym stands for, among all ids behind the alerts; for `detection.store.queries.revealed` alone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence, RecordEvidence

_PEOPLE = ("person", "payer_account")
_SUBJECTS = {"D": "prescriber", "E": "employer", "O": "operator"}


def identity_of(reader: Reader, pseudonym: str) -> str | None:
    """The id as the source has it; None where no alert is about it and no evidence names it.

    Institutions are shown by name and groups have no id of their own: neither is looked for.
    """
    prefix = pseudonym.partition("-")[0]
    candidates = _candidates(reader, prefix)
    return next(
        (identity for kind, identity in candidates if reader.identity(kind, identity) == pseudonym), None
    )


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
