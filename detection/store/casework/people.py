"""Names that people write, and who may hold a packet, a lead or a case: asked here alone, so that all acts agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import Connection, Select, select

from detection.cases.life_cycle import ended_states
from detection.store.accounts.tables import UserRow
from detection.store.casework.keys import PacketKey
from detection.store.casework.tables import CaseFile, CasePerson
from detection.store.leads.tables import OutsideLead
from features.errors import UsageError
from features.message import Message

Districts = tuple[str, ...] | None
"""Codes of the districts of an account; None for all."""


def refuse_unknown(connection: Connection, names: Iterable[str]) -> None:
    """Refuse a name that nobody who may sign in has; no name where there are no users.

    Raises:
        UsageError: nobody has it.
    """
    if not _has_users(connection):
        return
    for name in sorted(names):
        query = select(UserRow.name).where(UserRow.name == name, UserRow.disabled_at.is_(None))
        if connection.scalar(query) is None:
            raise _unknown(name)


def inspectors() -> Select[str, list[str] | None]:
    """Name and districts of the users who may hold something, if it is of their districts and they are not recused."""
    return select(UserRow.name, UserRow.districts).where(
        UserRow.role == "inspector", UserRow.disabled_at.is_(None)
    )


def refuse_unable(
    connection: Connection,
    names: Iterable[str],
    is_within: Callable[[Districts], bool],
    recused: Collection[str] = (),
) -> None:
    """Refuse who may not hold a packet, a lead or a case.

    Args:
        connection: of the act.
        names: of who would hold it; anybody where there are no users.
        is_within: whether all of it is of some districts.
        recused: who may have no part in it.

    Raises:
        UsageError: nobody who may sign in has the name and is an inspector, it is of other districts too, or they are
            recused.
    """
    wanted = sorted(names)
    if barred := [name for name in wanted if name in recused]:
        raise UsageError(
            Message("Recused, and not to be assigned: {names}.", names=barred),
            next_step="name another person",
        )
    if not _has_users(connection):
        return
    able = {row.name: row.districts for row in connection.execute(inspectors())}
    for name in wanted:
        if name not in able:
            raise _unknown(name)
        districts = able[name]
        if districts is not None and not is_within(tuple(districts)):
            raise UsageError(
                "{name} sees some districts alone, and it is of others too.",
                next_step="name an inspector of these districts, or of the whole fund",
                name=name,
            )


def recused_from(connection: Connection, key: PacketKey) -> frozenset[str]:
    """Who is recused in a lead or a case that runs about a packet, also in an outside lead that is attached to it."""
    case, person, lead = CaseFile, CasePerson, OutsideLead
    attached = (
        select(lead.case_id)
        .join(case, case.case_id == lead.case_id)
        .where(
            lead.packet_queue == key.queue,
            case.packet_kind == key.kind,
            case.packet_subject == key.subject,
        )
    )
    query = (
        select(person.name)
        .join(case, case.case_id == person.case_id)
        .where(
            person.part == "recused",
            case.state.not_in(ended_states()),
            key.rows(case) | case.case_id.in_(attached),
        )
    )
    return frozenset(connection.scalars(query))


def _has_users(connection: Connection) -> bool:
    return connection.scalar(select(UserRow.name).limit(1)) is not None


def _unknown(name: str) -> UsageError:
    return UsageError(
        "There is no user {name} for this.", next_step="see names and roles: fundwatch user list", name=name
    )
