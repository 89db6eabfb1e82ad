"""Whoever is recused holds no packet of the subject: it is free again, and a supervisor may give it to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from detection.store.casework import holdings
from detection.store.casework.acting import Entering
from detection.store.casework.keys import PacketKey
from detection.store.casework.people import recused_from
from detection.store.casework.tables import CasePerson, PacketHolding


def release_packets(entering: Entering, case_id: str, packet_id: Callable[[PacketKey], str]) -> None:
    """End what people hold who are recused in a lead or a case; each packet has its entry, with the case as the reason.

    Args:
        entering: the act after which they are recused, or the lead or case is about a packet or goes on.
        case_id: of the lead or case.
        packet_id: the id of a packet, as people see it.
    """
    connection, holding, person = entering.connection, PacketHolding, CasePerson
    query = (
        select(holding.holding_id, holding.queue, holding.packet_kind, holding.packet_subject, holding.holder)
        .join(person, person.name == holding.holder)
        .where(person.case_id == case_id, person.part == "recused", holding.given_back_at.is_(None))
        .order_by(holding.holding_id)
    )
    for number, queue, kind, subject, holder in connection.execute(query).all():
        key = PacketKey(queue, kind, subject)
        if holder not in recused_from(connection, key):
            continue
        holdings.end(connection, key, entering.actor.name, entering.at, case_id)
        replace(entering, action="give_back", about=f"packet:{packet_id(key)}", reason=case_id).enter(
            before={"holder": holder}, after={"holder": None, "holding": number}
        )
