"""Which leads and cases belong together: linked, merged, split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import select

from detection.cases.life_cycle import Kind, ended_states
from detection.store.casework.tables import CaseFile, CaseLink
from detection.store.queries.casework.packets import QUEUES
from detection.store.queries.reader import Reader


@dataclass(frozen=True)
class LinkedCase:
    """A related case, and how it is related to the case of the query.

    Attributes:
        relation: ``related``; ``merged_into`` or ``merged_from``; ``split_from`` or ``split_to``; ``from_lead`` or
            ``became_case``.
    """

    case_id: str
    kind: Kind
    state: str
    relation: str


_FORWARD = {"related": "related", "merged": "merged_into", "split": "split_from"}
_BACK = {"related": "related", "merged": "merged_from", "split": "split_to"}


def linked_cases(reader: Reader, case_id: str) -> list[LinkedCase]:
    """The cases that a lead or a case is linked to, by number."""
    link, file = CaseLink, CaseFile
    forward = select(link.other_id, link.kind).where(link.case_id == case_id)
    back = select(link.case_id, link.kind).where(link.other_id == case_id)
    relations = [(other, _FORWARD[kind]) for other, kind in reader.session.execute(forward)]
    relations += [(other, _BACK[kind]) for other, kind in reader.session.execute(back)]
    lead = reader.session.scalar(select(file.from_lead).where(file.case_id == case_id))
    relations += [(lead, "from_lead")] if lead else []
    relations += [
        (other, "became_case")
        for other in reader.session.scalars(select(file.case_id).where(file.from_lead == case_id))
    ]
    files = {
        row.case_id: row
        for row in reader.session.scalars(
            select(file).where(file.case_id.in_([other for other, _ in relations]))
        )
    }
    return [
        LinkedCase(other, cast("Kind", files[other].kind), files[other].state, relation)
        for other, relation in sorted(relations)
        if other in files  # a case of other districts than the reader's is not named
    ]


def mergeable(reader: Reader, case_id: str) -> list[str]:
    """Numbers of the other leads and cases about the same subject that have not ended."""
    file = CaseFile
    own = reader.session.get(file, case_id)
    if own is None:
        return []
    query = (
        select(file.case_id)
        .where(
            file.queue.in_(QUEUES),
            file.packet_kind == own.packet_kind,
            file.packet_subject == own.packet_subject,
            file.state.not_in(ended_states()),
            file.case_id != case_id,
        )
        .order_by(file.case_id)
    )
    return list(reader.session.scalars(query))
