"""Money that cases have upheld, by case, kind and fund."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from detection.export.lists.listing import Cell, Column, Listing
from detection.language.messages import Messages, case_label
from detection.store.queries import Reader
from detection.store.queries.casework.tools.recovery import Recovery, recoveries

_COLUMNS = (
    Column("case"),
    Column("case_state"),
    Column("subject"),
    Column("money"),
    Column("fund"),
    Column("claimed", "money"),
    Column("confirmed", "money"),
    Column("upheld", "money"),
    Column("received", "money"),
    Column("outstanding", "money"),
    Column("due"),
    Column("overdue"),
)


@dataclass(frozen=True)
class RecoveryList:
    """What cases have upheld, on a day; ``outstanding`` leaves out what has come in."""

    today: dt.date
    outstanding: bool = False
    what: str = "recovery"

    @property
    def detail(self) -> str:
        """The day, and whether it is all of it."""
        return f"{self.today.isoformat()}{' outstanding' if self.outstanding else ''}"

    def listing(self, reader: Reader, language: str) -> Listing:
        """All rows, what is overdue first."""
        rows = recoveries(reader, self.today, outstanding=self.outstanding)
        return Listing(_COLUMNS, tuple(_cells(row, language) for row in rows))


def _cells(row: Recovery, language: str) -> tuple[Cell, ...]:
    return (
        row.case_id,
        case_label("case_state", row.state, language),
        row.subject,
        case_label("money", row.kind, language),
        case_label("fund", row.fund, language),
        *(row.amounts[stage] for stage in ("claimed", "confirmed", "upheld", "received")),
        row.outstanding,
        row.due or None,
        Messages(language, "export")("recovery.overdue") if row.overdue else None,
    )
