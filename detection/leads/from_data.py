"""Leads of an export's table ``outside_leads``: read as those of a file are, under the code of their sender."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from detection.leads.incoming import IncomingLead
from detection.leads.reading import read_row
from detection.leads.tables import TableRow
from features.message import Message

_READ_FROM = {
    "sender": "sender",
    "kind": "sender",
    "sender_number": "lead_id",
    "received_on": "received_on",
    "deadline": "due_on",
    "text": "text",
}
"""Columns of a file of leads, and those of the table that they are read from."""
_OWNERS = {"payer_account": "person"}
"""An account is its owner."""


def leads_of_data(rows: pl.DataFrame, today: dt.date) -> tuple[list[IncomingLead], list[Message]]:
    """The leads of the table, by number, and what is wrong with rows that cannot be taken.

    Args:
        rows: accepted rows of the contract's table ``outside_leads``.
        today: a lead that was received later is left for a later run, with a message.

    Returns:
        Leads whose ``row`` is that of the source; messages by row and column, which repeat no cell.
    """
    leads, problems = [], list[Message]()
    for row in rows.sort("lead_id").iter_rows(named=True):
        cells = tuple(str(row[name] or "").strip() for name in _READ_FROM.values())
        lead, wrong = read_row(TableRow(row["source_row"], cells), [*_READ_FROM], "", today)
        problems += wrong
        if lead is not None:  # ids as the other tables have them
            kind = _OWNERS.get(row["subject_kind"], row["subject_kind"])
            leads.append(
                replace(lead, sender_number=row["lead_id"], subject_kind=kind, subject_id=row["subject_id"])
            )
    return leads, problems
