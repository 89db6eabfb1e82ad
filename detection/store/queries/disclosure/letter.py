"""What a letter to an institution is about: alerts, and their settlements at this institution alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from detection.alerts.moment import Moment
from detection.store.queries import stored
from detection.store.queries.alert import AlertPage, alert_page
from detection.store.queries.reader import Reader
from detection.store.schema import Evidence
from features.errors import UsageError


@dataclass(frozen=True)
class LetterRow:
    """A settlement at the institution; money in fen."""

    settlement: str
    person: str
    settled_at: Moment
    pool: int
    account: int


@dataclass(frozen=True)
class LetterMaterial:
    """What a letter is about; as long as its settlements.

    Attributes:
        alerts: in the order asked for.
        institution: by name.
        rows: its settlements by time, each once.
        within: ids of the alerts that rest on these settlements alone.
    """

    alerts: tuple[AlertPage, ...]
    institution: str
    rows: tuple[LetterRow, ...]
    within: frozenset[str]

    def __len__(self) -> int:
        """Number of settlements."""
        return len(self.rows)


def letter_material(reader: Reader, alert_ids: Sequence[str]) -> LetterMaterial:
    """What a letter about some alerts has to say; no settlement of another institution is in it.

    Raises:
        UsageError: no such alert, alerts of several institutions, or none with a settlement at one.
    """
    alerts = [stored.alert(reader, alert_id) for alert_id in dict.fromkeys(alert_ids)]
    providers = {alert.provider_id or "" for alert in alerts}
    if len(providers) > 1:
        names = sorted(reader.name("provider", provider) or "–" for provider in providers)
        raise UsageError(
            "A letter goes to one institution; these alerts are of several: {names}.",
            next_step="write a letter for each of them",
            names=names,
        )
    [provider] = providers
    query = (
        select(Evidence)
        .where(Evidence.alert_id.in_([alert.alert_id for alert in alerts]), Evidence.provider_id == provider)
        .order_by(Evidence.settled_at, Evidence.settlement_id)
    )
    cited = list(reader.session.scalars(query))
    own = Counter(row.alert_id for row in cited)
    rows = {row.settlement_id: row for row in cited}
    if not provider or not rows:
        raise UsageError(
            "No institution has a settlement of this alert: there is nobody to write to.",
            next_step="take the evidence away as a list: fundwatch export evidence",
        )
    pages = tuple(alert_page(reader, alert.alert_id) for alert in alerts)
    return LetterMaterial(
        alerts=pages,
        institution=reader.name("provider", provider),
        rows=tuple(_row(reader, row) for row in rows.values()),
        within=frozenset(
            page.row.alert_id for page in pages if own[page.row.alert_id] == page.row.evidence_rows
        ),
    )


def _row(reader: Reader, row: Evidence) -> LetterRow:
    return LetterRow(
        reader.identity("settlement", row.settlement_id),
        reader.identity("person", row.person_id),
        Moment.from_text(row.settled_at),
        row.pool,
        row.account,
    )
