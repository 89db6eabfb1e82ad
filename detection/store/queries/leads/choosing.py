"""What a person may attach a lead to: every packet and subject of the data, by search, and what it then matches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detection.leads.match import Match
from detection.leads.row import SUBJECT_KINDS
from detection.masking import prefixes
from detection.store.casework.keys import PacketKey, key_of
from detection.store.queries.leads.matching import Named, match_leads, packets_of
from detection.store.queries.leads.queue import packet_of
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.lookup import subject_id
from detection.store.queries.subjects.search import search
from features.errors import UsageError

_PACKET = re.compile(r"([a-z]+)\.([A-Z]-.+)")
"""The id of a packet: queue and pseudonym."""


@dataclass(frozen=True)
class Candidate:
    """A packet with open alerts, or a subject without one.

    Attributes:
        chosen: what names it: the id of the packet, or the pseudonym of the subject.
        kind: of the subject.
        name: of an institution; of anything else its pseudonym.
        packet: whether it is a packet.
    """

    chosen: str
    kind: str
    name: str
    packet: bool


def candidates(reader: Reader, text: str) -> tuple[Candidate, ...]:
    """Packets and subjects that a text means: the id of a packet, or what the search of subjects takes.

    Args:
        reader: of the whole fund; one of some districts sees none.
        text: as typed: an id, a pseudonym, the beginning of one, or the name of an institution.
    """
    if reader.scope is not None or not text.strip():
        return ()
    packet = _PACKET.fullmatch(text.strip())
    queue, typed = packet.groups() if packet else ("", text)
    hits = search(reader, typed).hits
    subjects = {hit.pseudonym: hit for hit in reversed(hits) if hit.kind in SUBJECT_KINDS}
    known = {
        (hit.kind, subject_id(reader, hit.kind, pseudonym)): hit
        for pseudonym, hit in sorted(subjects.items(), key=lambda each: each[1].name)
    }
    packets, offered = packets_of(reader, known), list[Candidate]()
    for subject, hit in known.items():
        queues = packets.get(subject, {})
        for each in queues:
            if not queue or each == queue:
                offered.append(Candidate(packet_of(reader, *subject, each), hit.kind, hit.name, packet=True))
        if not queues:
            offered.append(Candidate(hit.pseudonym, hit.kind, hit.name, packet=False))
    return tuple(offered)


def match_chosen(reader: Reader, chosen: str) -> Match:
    """What a packet or a subject that a person chose matches.

    Args:
        reader: of the whole fund.
        chosen: the id of a packet, or the pseudonym of a subject.

    Raises:
        UsageError: the data have no such subject, or there never was such a packet.
    """
    chosen = chosen.strip()
    key = _packet(reader, chosen) if _PACKET.fullmatch(chosen) else _subject(reader, chosen.upper())
    [match] = match_leads(reader, [Named(key.kind, key.subject, queue=key.queue)])
    return match


def _packet(reader: Reader, chosen: str) -> PacketKey:
    return key_of(reader.session.connection(), reader.workspace.pseudonym_key(), chosen)


def _subject(reader: Reader, pseudonym: str) -> PacketKey:
    for kind in SUBJECT_KINDS:
        if kind in prefixes().get(pseudonym[:1], ()) and (known := subject_id(reader, kind, pseudonym)):
            return PacketKey("", kind, known)
    raise UsageError(
        "The data have no such subject.", next_step="search for it by name, or take a packet's id"
    )
