"""Who can be given packets, and how many each holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from detection.store.casework import people
from detection.store.casework.tables import PacketHolding
from detection.store.queries.reader import Reader


@dataclass(frozen=True)
class Inspector:
    """An inspector, and how many packets they hold."""

    name: str
    packets: int


def inspectors(reader: Reader) -> list[Inspector]:
    """Users who may hold packets; where there are no users, who holds one. Those who hold least first."""
    table = PacketHolding
    query = (
        select(table.holder, func.count().label("packets"))
        .where(table.given_back_at.is_(None))
        .group_by(table.holder)
    )
    counts = {row.holder: row.packets for row in reader.session.execute(query)}
    users = {row.name for row in reader.session.execute(people.inspectors())}
    names = users or set(counts)
    return sorted(
        (Inspector(name, counts.get(name, 0)) for name in names), key=lambda each: (each.packets, each.name)
    )
