"""Packets, leads and cases: what people do to them. Every refusal says all that speaks against it."""

from __future__ import annotations

from detection.cases.life_cycle import Kind
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup.casework.writing import writing_within
from detection.store.casework.events import Changed
from detection.store.casework.writer import CaseWriter
from features.workspace.place import Where

__all__ = ["Changed", "give_back", "move", "open_case", "record_money", "take"]


def take(workspace: Where, packet_id: str, *, actor: Actor, at: str) -> None:
    """Hold a packet, so that no other inspector works on it.

    Args:
        workspace: where it is.
        packet_id: as lists show it.
        actor: an inspector.
        at: ISO time.

    Raises:
        UsageError: another person holds it, it is in a case, or the actor holds as many as one may.
        StoreError: the store cannot be written.
    """
    with writing_within(workspace, CaseWriter) as writer:
        writer.take(packet_id, actor, at)


def give_back(workspace: Where, packet_id: str, *, actor: Actor, at: str, reason: str = "") -> None:
    """Give a packet back: by its holder, or by a supervisor.

    Raises:
        UsageError: it is free, or not the actor's.
        StoreError: the store cannot be written.
    """
    with writing_within(workspace, CaseWriter) as writer:
        writer.give_back(packet_id, actor, at, reason)


def open_case(
    workspace: Where, packet_id: str, *, actor: Actor, at: str, reason: str, kind: Kind = "case"
) -> Changed:
    """Propose a packet as a case, or register it as a lead, in one step.

    Raises:
        UsageError: another person holds it, it is in a case already, or the actor may not.
        StoreError: the store cannot be written.
    """
    with writing_within(workspace, CaseWriter) as writer:
        return writer.open(kind, packet_id, actor, at, reason)


def move(
    workspace: Where, case_id: str, act: Act, *, actor: Actor, at: str, seen: int | None = None
) -> Changed:
    """Move a lead or a case.

    Args:
        workspace: where it is.
        case_id: its number.
        act: the move with what it requires.
        actor: who.
        at: ISO time.
        seen: the last event that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        MoveRefusedError: it is not allowed; ``problems`` has all reasons.
        UsageError: there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    with writing_within(workspace, CaseWriter) as writer:
        return writer.move(case_id, actor, act, at, seen)


def record_money(
    workspace: Where,
    case_id: str,
    entry: Entry,
    act: Act,
    *,
    actor: Actor,
    at: str,
    seen: int | None = None,
) -> Changed:
    """Enter money in the ledger of a case; ``act`` is ``record_money`` with its reason.

    Raises:
        MoveRefusedError: it does not fit the ledger or the state; ``problems`` has all reasons.
        UsageError: there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    with writing_within(workspace, CaseWriter) as writer:
        return writer.record_money(case_id, entry, actor, act, at, seen)
