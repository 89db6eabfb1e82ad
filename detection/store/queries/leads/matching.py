"""What outside leads match: packets with open alerts, subjects of the data, names of institutions.

Ids that senders wrote are masked first and looked up by their pseudonym.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from detection.cases.life_cycle import life_cycle
from detection.leads.incoming import IncomingLead
from detection.leads.match import Match, Rematch
from detection.leads.names import Names
from detection.store.casework.tables import CaseFile
from detection.store.casework.waiting import waiting
from detection.store.leads.known import known_of_data
from detection.store.leads.tables import OUTSIDE, OutsideLead
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.lookup import known_subjects
from detection.store.schema import Alert, Institution

_PROVIDER = "provider"
_MOVE = "match"
_AT_ONCE = 500
Subject = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True)
class Named:
    """Whom a lead names: by kind and id, or an institution by its name; empty for nobody.

    ``queue``: of the packet that it is attached to, which stays as long as it has open alerts.
    """

    kind: str = ""
    subject: str = ""
    institution: str = ""
    queue: str = ""


def match_leads(reader: Reader, named: Sequence[Named]) -> list[Match]:
    """What each of several leads matches."""
    names = Names(reader.directory.names)
    matches = [_by_name(each, names) for each in named]
    subjects = {(match.kind, match.subject) for match in matches if match.subject}
    packets, known = packets_of(reader, subjects), _known(reader, subjects)
    districts = _districts(reader, [subject for kind, subject in subjects if kind == _PROVIDER])
    return [
        _with_packet(match, each.queue, packets, known, districts)
        for each, match in zip(named, matches, strict=True)
    ]


def unknown_of_data(reader: Reader, leads: Sequence[IncomingLead]) -> list[IncomingLead]:
    """Those of several leads of a data set that came with none before."""
    known = known_of_data(reader.session.connection(), leads)
    return [lead for lead in leads if lead.sender_number not in known]


def _by_name(named: Named, names: Names) -> Match:
    """Whom a lead means; a name that one institution alone has means it."""
    if named.subject:
        return Match("unknown", named.kind, named.subject)
    if not named.institution:
        return Match("nobody", named.kind)
    same = names.same(named.institution)
    if len(same) == 1:
        return Match("subject", _PROVIDER, same[0])
    near = tuple(same) or tuple(names.near(named.institution))
    return Match("proposed" if near else "unknown", _PROVIDER, near=near)


def _with_packet(
    match: Match,
    attached: str,
    packets: Mapping[Subject, Mapping[str, str]],
    known: Collection[Subject],
    districts: Mapping[str, str],
) -> Match:
    subject = (match.kind, match.subject)
    if queues := packets.get(subject):
        queue = attached if attached in queues else next(iter(queues))
        return replace(match, code="packet", queue=queue, district=queues[queue])
    if match.subject and subject in known:
        return replace(match, code="subject", district=districts.get(match.subject, ""))
    return match


def packets_of(reader: Reader, subjects: Iterable[Subject]) -> dict[Subject, dict[str, str]]:
    """District by queue of the packets of each subject, that whose alerts come first at the beginning."""
    packets: dict[Subject, dict[str, str]] = {}
    for kind, ids in _by_kind(subjects).items():
        for batch in _batches(ids):
            query = (
                select(Alert.packet_subject, Alert.queue, func.min(Alert.district))
                .where(Alert.packet_kind == kind, Alert.packet_subject.in_(batch), waiting())
                .group_by(Alert.packet_subject, Alert.queue)
                .order_by(func.min(Alert.rank), Alert.queue)
            )
            for subject, queue, district in reader.session.execute(query):
                packets.setdefault((kind, subject or ""), {})[queue] = district or ""
    return packets


def _known(reader: Reader, subjects: Iterable[Subject]) -> set[Subject]:
    return {
        (kind, subject)
        for kind, ids in _by_kind(subjects).items()
        for subject in known_subjects(reader, kind, ids)
    }


def _districts(reader: Reader, providers: Sequence[str]) -> dict[str, str]:
    query = select(Institution.provider_id, Institution.district)
    return {
        provider: district
        for batch in _batches(providers)
        for provider, district in reader.session.execute(query.where(Institution.provider_id.in_(batch)))
    }


def _by_kind(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, subject in sorted(subjects):
        kinds.setdefault(kind, []).append(subject)
    return kinds


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def rematched(reader: Reader) -> list[Rematch]:
    """What every lead that waits or is being checked matches now, by number; whom a person chose stays."""
    files = reader.session.execute(
        select(
            OutsideLead.case_id,
            CaseFile.packet_kind,
            CaseFile.packet_subject,
            CaseFile.last_event,
            OutsideLead.subject_kind,
            OutsideLead.institution,
            OutsideLead.packet_queue,
        )
        .join(CaseFile, CaseFile.case_id == OutsideLead.case_id)
        .where(CaseFile.queue == OUTSIDE, CaseFile.state.in_(life_cycle("lead").move[_MOVE].start))
        .order_by(OutsideLead.case_id)
    ).all()
    named = [
        Named(
            file.packet_kind or file.subject_kind,
            file.packet_subject,
            file.institution,
            file.packet_queue or "",
        )
        for file in files
    ]
    matches = match_leads(reader, named)
    return [Rematch(file.case_id, match, file.last_event) for file, match in zip(files, matches, strict=True)]
