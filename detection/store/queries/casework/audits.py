"""Random audits: which wait, and how often something was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from detection.cases.miss_rate import MissRate, Sampled, miss_rate
from detection.cases.moves import Standing
from detection.store.casework.audits import dismissed_by
from detection.store.casework.sampling import DISMISSED, FIRST, STRATA
from detection.store.casework.tables import RandomAudit
from detection.store.queries.filters import Filters, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert

_MISSED, _CONCLUSIVE = "missed", ("missed", "nothing_missed")
_MONTH = 7


@dataclass(frozen=True)
class AuditRow:
    """An audit.

    Attributes:
        stratum: one of `STRATA`.
        alert_id: empty for a subject without alerts.
        subject, pseudonym: an institution by name; a pseudonym otherwise.
        chance: with which it was selected, 0 to 1.
        sampled_at: ISO time.
        standing: where it stands, and who may not judge it.
        result, result_by, result_at, reason: what it found, who said so, when (ISO time) and why; empty while it waits.
    """

    number: int
    stratum: str
    alert_id: str
    subject_kind: str
    subject: str
    pseudonym: str
    chance: float
    sampled_at: str
    standing: Standing
    result: str = ""
    result_by: str = ""
    result_at: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Audited:
    """Audits of one stratum: how many were selected, are not decidable or wait; and the rate of the others."""

    stratum: str
    size: int
    undecided: int
    rate: MissRate | None


def waiting_audits(reader: Reader) -> list[AuditRow]:
    """Audits that nobody judged, the oldest first; one of an alert that was opened again waits no longer."""
    table = RandomAudit
    still = or_(table.alert_id.is_(None), Alert.status == DISMISSED)
    rows = reader.session.scalars(
        select(table)
        .outerjoin(Alert, Alert.alert_id == table.alert_id)
        .where(table.state == FIRST, still)
        .order_by(table.sampled_at, table.audit_id)
    )
    return [_row(reader, row) for row in rows]


def completed_audits(reader: Reader) -> list[AuditRow]:
    """Audits that have a result, the newest result first."""
    table = RandomAudit
    rows = reader.session.scalars(
        select(table).where(table.state != FIRST).order_by(table.result_at.desc(), table.audit_id.desc())
    )
    return [_row(reader, row) for row in rows]


def audited(reader: Reader, filters: Filters) -> list[Audited]:
    """What audits found: those of the alerts of a list, and of subjects selected for the months of its days.

    Strata without any audit are left out; no stratum is added to another.
    """
    table = RandomAudit
    months = [] if not filters.start else [table.month >= filters.start[:_MONTH]]
    months += [] if not filters.end else [table.month <= filters.end[:_MONTH]]
    of_list = table.alert_id.in_(select(Alert.alert_id).where(where(reader.directory, filters)))
    query = (
        select(table.stratum, table.result, table.chance, func.count())
        .where(or_(of_list, and_(table.alert_id.is_(None), *months)))
        .group_by(table.stratum, table.result, table.chance)
    )
    counts = [
        (stratum, result, chance, many) for stratum, result, chance, many in reader.session.execute(query)
    ]
    return [each for each in (_audited(stratum, counts) for stratum in STRATA) if each.size]


def _audited(stratum: str, counts: Sequence[tuple[str, str, float, int]]) -> Audited:
    own = [(result, chance, many) for name, result, chance, many in counts if name == stratum]
    sample = [
        Sampled(chance, result == _MISSED)
        for result, chance, many in own
        if result in _CONCLUSIVE
        for _ in range(many)
    ]
    size = sum(many for *_, many in own)
    return Audited(stratum, size, size - len(sample), miss_rate(sample))


def _row(reader: Reader, row: RandomAudit) -> AuditRow:
    past = dismissed_by(reader.session.connection(), row.alert_id) if row.alert_id else ()
    return AuditRow(
        number=row.audit_id,
        stratum=row.stratum,
        alert_id=row.alert_id or "",
        subject_kind=row.subject_kind,
        subject=reader.name(row.subject_kind, row.subject_id),
        pseudonym=reader.identity(row.subject_kind, row.subject_id),
        chance=row.chance,
        sampled_at=row.sampled_at,
        standing=Standing(row.state, past),
        result=row.result,
        result_by=row.result_by or "",
        result_at=row.result_at or "",
        reason=row.reason,
    )
