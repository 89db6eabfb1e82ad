"""Suppressions: which dismissals until a day are proposed or in force, masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from detection.cases.moves import Done, Standing
from detection.store.casework.covering import EXPIRED, IN_FORCE
from detection.store.casework.keys import PacketKey, key_of
from detection.store.casework.tables import SuppressedAlert, Suppression
from detection.store.queries.reader import Reader

_AT_ONCE = 500


@dataclass(frozen=True)
class SuppressionRow:
    """A suppression.

    Attributes:
        subject, pseudonym: whom its alerts are about; an institution by name.
        owner, second: who proposed it, and who decided; empty before.
        expires_on: its last day.
        alerts, shown: how many alerts are under it, and how many of those are shown all the same.
    """

    number: int
    packet_id: str
    subject: str
    pseudonym: str
    detector: str
    state: str
    owner: str
    code: str
    reason: str
    expires_on: str
    second: str
    alerts: int
    shown: int

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        made = (Done("propose_suppression", self.owner),)
        return Standing(self.state, made, ends=dt.date.fromisoformat(self.expires_on))


def suppressions(
    reader: Reader, today: dt.date, *, packet_id: str = "", state: str = ""
) -> list[SuppressionRow]:
    """Suppressions, the newest first; of one packet, or in one state.

    One whose last day was before today has expired, although no run has opened its alerts yet.

    Raises:
        UsageError: no alert was ever in such a packet.
    """
    table, masking_key = Suppression, reader.workspace.pseudonym_key()
    query = select(table).order_by(table.suppression_id.desc())
    if packet_id:
        key = key_of(reader.session.connection(), masking_key, packet_id)
        query = query.where(key.rows(table))
    if state:
        query = query.where(table.state == state)
    rows = reader.session.scalars(query).all()
    counts = _counts(reader, [row.suppression_id for row in rows])
    return [_row(reader, row, today, *counts.get(row.suppression_id, (0, 0))) for row in rows]


def _counts(reader: Reader, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many alerts are under each of some suppressions, and how many of them are shown."""
    table, counts = SuppressedAlert, dict[int, tuple[int, int]]()
    query = select(table.suppression_id, func.count(), func.count().filter(table.shown.is_(True)))
    for start in range(0, len(numbers), _AT_ONCE):
        some = table.suppression_id.in_(numbers[start : start + _AT_ONCE])
        rows = reader.session.execute(query.where(some).group_by(table.suppression_id))
        counts |= {number: (alerts, shown) for number, alerts, shown in rows}
    return counts


def _row(reader: Reader, row: Suppression, today: dt.date, alerts: int, shown: int) -> SuppressionRow:
    key = PacketKey(row.queue, row.packet_kind, row.packet_subject)
    over = row.state == IN_FORCE and row.expires_on < today.isoformat()
    return SuppressionRow(
        number=row.suppression_id,
        packet_id=key.packet_id(reader.workspace.pseudonym_key()),
        subject=reader.name(row.subject_kind, row.subject_id),
        pseudonym=reader.identity(row.subject_kind, row.subject_id),
        detector=row.detector,
        state=EXPIRED if over else row.state,
        owner=row.owner,
        code=row.code,
        reason=row.reason,
        expires_on=row.expires_on,
        second=row.second or "",
        alerts=alerts,
        shown=shown,
    )
