"""Several packets, leads or cases are given to inspectors at once; each stands for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detection.audit.entry import EntryDraft
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.casework.writing import writing
from detection.store.casework.tools.assigning import AssigningWriter
from features.errors import UsageError
from features.message import Message
from features.workspace.place import Where

_DAY = 10


@dataclass(frozen=True)
class Assigned:
    """What became of an assignment.

    Attributes:
        done: ids of what was assigned.
        refused: why not the others, a sentence each.
    """

    done: tuple[str, ...]
    refused: tuple[Message, ...]


def assign_packets(
    workspace: Where,
    packet_ids: Sequence[str],
    name: str,
    *,
    actor: Actor,
    at: str,
    reason: str = "",
    seen: Mapping[str, str] | None = None,
) -> Assigned:
    """Give packets to an inspector, up to as many as one may hold; a refusal stops none of the others.

    Args:
        workspace: where it is.
        packet_ids: as lists show them.
        name: of the inspector.
        actor: a supervisor.
        at: ISO time.
        reason: why; it is kept where a packet is taken from another.
        seen: who held each packet when the actor looked, empty for nobody.

    Raises:
        UsageError: no inspector is named.
        NotAllowedError: the actor is limited to districts.
        StoreError: the store cannot be written.
    """
    if not name.strip():
        raise UsageError("No inspector is named.", next_step="name who gets them")
    request = EntryDraft(at, actor.name, "assign_packet", "list:packets", actor.role, reason=reason)
    with writing(workspace, actor, AssigningWriter, request) as writer:
        return _each(
            packet_ids,
            lambda packet_id: writer.assign(
                packet_id, name.strip(), actor, at, reason, None if seen is None else seen.get(packet_id)
            ),
        )


def assign_cases(
    workspace: Where,
    case_ids: Sequence[str],
    names: frozenset[str],
    *,
    actor: Actor,
    at: str,
    reason: str = "",
    seen: Mapping[str, int] | None = None,
) -> Assigned:
    """Assign two inspectors to leads and cases; a refusal stops none of the others.

    Args:
        workspace: where it is.
        case_ids: their numbers.
        names: of the inspectors.
        actor: a supervisor.
        at: ISO time.
        reason: why; may be empty.
        seen: the last event of each that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        StoreError: the store cannot be written.
    """
    act = Act("assign", dt.date.fromisoformat(at[:_DAY]), reason=reason, inspectors=names)
    known = seen or {}
    return _each(
        case_ids,
        lambda case_id: casework.move(workspace, case_id, act, actor=actor, at=at, seen=known.get(case_id)),
    )


def _each(ids: Sequence[str], assign: Callable[[str], object]) -> Assigned:
    done: list[str] = []
    refused: list[Message] = []
    for each in ids:
        try:
            assign(each)
            done.append(each)
        except UsageError as error:
            problems = error.problems or (error.what,)
            refused += [Message("{name}: {problem}", name=each, problem=problem) for problem in problems]
    return Assigned(tuple(done), tuple(refused))
