"""Who holds which packet: taken by an inspector, given back, or ended when the packet becomes a case."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from detection.cases.life_cycle import ended_states
from detection.cases.limits import limits
from detection.cases.moves import Actor
from detection.store.accounts.scope import packet_is_within
from detection.store.casework.keys import PacketKey, same_packet
from detection.store.casework.people import recused_from, refuse_unable
from detection.store.casework.tables import CaseFile, PacketHolding
from detection.store.casework.waiting import waiting
from detection.store.schema import Alert
from features.errors import UsageError


def take(connection: Connection, key: PacketKey, actor: Actor, at: str) -> int:
    """Let an inspector hold a packet.

    Returns:
        Id of the holding.

    Raises:
        UsageError: another person holds it, it has a case, it has no open alert, the actor may not hold it
            (`people.refuse_unable`), or holds as many as one may.
    """
    if actor.kind != "person" or actor.role != "inspector":
        raise UsageError("Packets are taken by inspectors.", next_step="ask an inspector to take it")
    _refuse_taken(connection, key, actor.name)
    return _hold(connection, key, actor.name, at)


def assign(
    connection: Connection, key: PacketKey, name: str, actor: Actor, at: str, reason: str
) -> tuple[int, str]:
    """Let a supervisor give a packet to an inspector, also one that another holds.

    Returns:
        Id of the holding, and who held it before; empty where it was free.

    Raises:
        UsageError: the actor is no supervisor, the inspector holds it already, may not hold it
            (`people.refuse_unable`) or holds as many as one may, it has a case, or no open alert.
    """
    if actor.kind != "person" or actor.role != "supervisor":
        raise UsageError("Packets are assigned by supervisors.", next_step="ask a supervisor, or take it")
    holding = holding_of(connection, key)
    if holding is not None:
        if holding[1] == name:
            raise UsageError("{name} holds this packet already.", next_step="open it", name=name)
        end(connection, key, actor.name, at, reason)
    return _hold(connection, key, name, at), holding[1] if holding else ""


def _hold(connection: Connection, key: PacketKey, name: str, at: str) -> int:
    """Enter a holding of a free packet.

    Raises:
        UsageError: it has a case, no open alert, or the holder may not hold it or holds as many as one may.
    """
    _refuse_case(connection, key)
    recused = recused_from(connection, key)
    refuse_unable(connection, [name], lambda districts: packet_is_within(connection, key, districts), recused)
    if not connection.scalar(select(func.count()).where(key.alerts(), waiting())):
        raise UsageError("This packet has no open alert.", next_step="choose another: fundwatch packets")
    table, most = PacketHolding, limits().most_open_packets
    if open_holdings(connection, name) >= most:
        raise UsageError(
            "{name} holds {most} packets, which is the most that one inspector may hold.",
            next_step="give one back, or open a case",
            name=name,
            most=most,
        )
    stored = connection.execute(
        insert(table).values(
            queue=key.queue,
            packet_kind=key.kind,
            packet_subject=key.subject,
            holder=name,
            taken_at=at,
            reason="",
        )
    )
    [holding_id] = stored.inserted_primary_key or (0,)
    return int(holding_id)


def give_back(connection: Connection, key: PacketKey, actor: Actor, at: str, reason: str) -> int:
    """End a holding: by its holder, or by a supervisor who gives the work to another person.

    Returns:
        Id of the holding.

    Raises:
        UsageError: nobody holds it, or it is not the actor's.
    """
    holding = holding_of(connection, key)
    if holding is None:
        raise UsageError("This packet is free already.", next_step="take it: fundwatch case take PACKET")
    holding_id, holder, since = holding
    if holder != actor.name and actor.role != "supervisor":
        raise _taken_by(holder, since)
    end(connection, key, actor.name, at, reason)
    return holding_id


def end(connection: Connection, key: PacketKey, name: str, at: str, reason: str) -> None:
    """End the holding of a packet, if there is one."""
    table = PacketHolding
    connection.execute(
        update(table)
        .where(key.rows(table), table.given_back_at.is_(None))
        .values(given_back_at=at, given_back_by=name, reason=reason)
    )


def holding_of(connection: Connection, key: PacketKey) -> tuple[int, str, str] | None:
    """Id of the open holding of a packet, its holder and since when; None where it is free."""
    table = PacketHolding
    row = connection.execute(
        select(table.holding_id, table.holder, table.taken_at).where(
            key.rows(table), table.given_back_at.is_(None)
        )
    ).first()
    return (row.holding_id, row.holder, row.taken_at) if row else None


def refuse_others(connection: Connection, key: PacketKey, name: str) -> None:
    """Refuse an act on a packet that another person holds, or that has a case.

    Raises:
        UsageError: it is not free for this person.
    """
    holding = holding_of(connection, key)
    if holding is not None and holding[1] != name:
        raise _taken_by(holding[1], holding[2])
    _refuse_case(connection, key)


def open_holdings(connection: Connection, name: str) -> int:
    """How many packets with work somebody holds."""
    table = PacketHolding
    open_ones = table.holder == name, table.given_back_at.is_(None), _has_waiting_alert()
    return connection.scalar(select(func.count()).where(*open_ones)) or 0


def _refuse_taken(connection: Connection, key: PacketKey, name: str) -> None:
    holding = holding_of(connection, key)
    if holding is None:
        return
    if holding[1] == name:
        raise UsageError("{name} holds this packet already.", next_step="open it", name=name)
    raise _taken_by(holding[1], holding[2])


def _refuse_case(connection: Connection, key: PacketKey) -> None:
    case = CaseFile
    known = connection.scalar(
        select(case.case_id)
        .where(
            key.rows(case),
            case.state.not_in(ended_states()),
        )
        .order_by(case.case_id)
    )
    if known:
        raise UsageError(
            "This packet is in case {case_id}.",
            next_step="see it: fundwatch case show {case_id}",
            case_id=known,
        )


def _taken_by(holder: str, since: str) -> UsageError:
    return UsageError(
        "{name} has held this packet since {since}.",
        next_step="choose another, or ask a supervisor to give it back",
        name=holder,
        since=since,
    )


def _has_waiting_alert() -> ColumnElement[bool]:
    """The condition that the packet of a holding still has work; a run may have closed all of its alerts."""
    return select(Alert.alert_id).where(same_packet(Alert, PacketHolding), waiting()).exists()
