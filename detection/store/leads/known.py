"""Which numbers of senders are in the store already."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from detection.leads.incoming import IncomingLead
from detection.leads.row import LEAD_KINDS
from detection.store.leads.tables import OutsideLead

_AT_ONCE = 500


def known_numbers(connection: Connection, numbers: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of several pairs of sender and number that are in the store."""
    by_sender: dict[str, list[str]] = {}
    for sender, number in numbers:
        by_sender.setdefault(sender, []).append(number)
    table = OutsideLead
    return {
        (sender, number)
        for sender, own in by_sender.items()
        for start in range(0, len(own), _AT_ONCE)
        for number in connection.scalars(
            select(table.sender_number).where(
                table.sender == sender, table.sender_number.in_(own[start : start + _AT_ONCE])
            )
        )
    }


def known_of_data(connection: Connection, leads: Sequence[IncomingLead]) -> set[str]:
    """Numbers of those of several leads of a data set that came with one before, whatever their sender was then."""
    numbers = [(kind, lead.sender_number) for kind in LEAD_KINDS for lead in leads]
    return {number for _, number in known_numbers(connection, numbers)}
