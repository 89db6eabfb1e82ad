"""What became of alerts: cases, money upheld and received, verdicts by detector, and what audits found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import func, select

from detection.cases.money import Entry, Fund, MoneyStage, RecoveryKind, Sums, sums
from detection.store.casework.tables import CaseAlert, CaseFile, MoneyEntry, SuppressedAlert, Suppression
from detection.store.queries.casework.audits import Audited, audited
from detection.store.queries.filters import Filters, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert


@dataclass(frozen=True)
class Outcomes:
    """What became of alerts.

    Attributes:
        cases: how many leads and cases they are in; a lead that became a case is one with it.
        money: of these cases, by kind, fund and stage.
        verdicts: how many alerts of each detector have each verdict that stands; a dismissal, until a day or for good,
            has one too.
        audits: what random audits found among dismissed alerts, and among subjects without alerts.
    """

    cases: int = 0
    money: Sums = field(default_factory=dict)
    verdicts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    audits: Sequence[Audited] = ()


_FINAL_STATES = ("disposed", "recovering", "closed", "looked_back", "reopening_proposed", "ended")
"""States in which a verdict stands: several people had a part in it, and nobody has taken it back."""


def outcomes(reader: Reader, filters: Filters) -> Outcomes:
    """What became of the alerts of a list; a correction in the ledger counts with its sign."""
    listed = select(Alert.alert_id).where(where(reader.directory, filters))
    in_cases = (
        select(CaseAlert.case_id)
        .join(CaseFile, CaseFile.case_id == CaseAlert.case_id)
        .where(CaseAlert.alert_id.in_(listed), CaseFile.state != "became_case")
        .distinct()
    )
    rows = reader.session.execute(
        select(MoneyEntry.kind, MoneyEntry.fund, MoneyEntry.stage, MoneyEntry.amount).where(
            MoneyEntry.case_id.in_(in_cases)
        )
    )
    entries = [
        Entry(cast("RecoveryKind", kind), cast("Fund", fund), cast("MoneyStage", stage), amount)
        for kind, fund, stage, amount in rows
    ]
    count = reader.session.scalar(select(func.count()).select_from(in_cases.subquery())) or 0
    return Outcomes(count, sums(entries), _verdicts(reader, filters), tuple(audited(reader, filters)))


def _verdicts(reader: Reader, filters: Filters) -> dict[tuple[str, str], int]:
    """Alerts by detector and verdict, without its reason."""
    listed = where(reader.directory, filters)
    of_cases = (
        select(Alert.detector, CaseFile.verdict, func.count())
        .join(CaseAlert, CaseAlert.alert_id == Alert.alert_id)
        .join(CaseFile, CaseFile.case_id == CaseAlert.case_id)
        .where(listed, CaseFile.verdict != "", CaseFile.state.in_(_FINAL_STATES))
        .group_by(Alert.detector, CaseFile.verdict)
    )
    of_suppressions = (
        select(Alert.detector, Suppression.code, func.count())
        .join(SuppressedAlert, SuppressedAlert.alert_id == Alert.alert_id)
        .join(Suppression, Suppression.suppression_id == SuppressedAlert.suppression_id)
        .where(listed, Suppression.state == "in_force", SuppressedAlert.shown.is_(False))
        .group_by(Alert.detector, Suppression.code)
    )
    counts: dict[tuple[str, str], int] = {}
    of_dismissals = (
        select(Alert.detector, Alert.verdict, func.count())
        .where(listed, Alert.status == "dismissed", Alert.verdict != "")
        .group_by(Alert.detector, Alert.verdict)
    )
    for query in (of_cases, of_suppressions, of_dismissals):
        for detector, code, many in reader.session.execute(query):
            key = (detector, code.split("/")[0])
            counts[key] = counts.get(key, 0) + many
    return dict(sorted(counts.items()))
