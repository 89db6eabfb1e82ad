"""Alerts: "Which of these next?" One page of a list as rows, and what the list can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import func, select

from detection.alerts.draft import SEVERITIES
from detection.alerts.explanation import EVIDENCE, KINDS
from detection.alerts.ranking import expected_fen
from detection.cases.standing import Done, Standing
from detection.detectors.cards import MoneyKind
from detection.language.text import Text
from detection.store.queries import stored
from detection.store.queries.filters import LISTS, SORTS, SUSPICION, Filters, beyond, list_of, where
from detection.store.queries.peers import PeerRank, peer_ranks
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, count, totals, totals_apart, totals_of
from detection.store.schema import Alert

__all__ = [
    "LISTS",
    "SORTS",
    "SUSPICION",
    "Filters",
    "Neighbors",
    "Row",
    "Totals",
    "choices",
    "count",
    "counts_by_list",
    "institution_name",
    "listed",
    "neighbors",
    "rows",
    "totals",
    "totals_apart",
    "totals_of",
]


@dataclass(frozen=True)
class Row:
    """One alert of the list, its subject masked.

    Attributes:
        rank: 1 is the first of all open alerts.
        list: the list of `LISTS` that it belongs to.
        subject, pseudonym: an institution by name, anything else by pseudonym; and the pseudonym of either.
        place, provider: name and pseudonym of the institution with most of the evidence; empty where there is none.
        peer_rank, peers: the subject in its peer group; None where no score raised the alert.
        among_all: whether its peers are too few, and all are compared.
        kinds: how many kinds of evidence point to the subject; None where an earlier version raised the alert.
        expected_fen: fen by which alerts of a grade are in order: money times certainty.
        pool, account: fen; ``money_kind`` says what they are (`detection.detectors.cards.MONEY_KINDS`).
        first, last: ISO days of the evidence.
        proposed_by, verdict: who wants or wanted to dismiss it, and why; they count while it is proposed or dismissed.
        snoozed_until: ISO day on which it is on the desk again; empty while it is not put aside.
    """

    alert_id: str
    rank: int
    list: str
    severity: str
    queue: str
    detector: str
    typology: str
    title: Text
    subject_kind: str
    subject: str
    pseudonym: str
    place: str
    provider: str
    score: float
    peer_rank: int | None
    peers: int | None
    among_all: bool
    kinds: int | None
    expected_fen: int
    pool: int
    account: int
    money_kind: MoneyKind
    evidence_rows: int
    first: str
    last: str
    change: str
    status: str
    proposed_by: str = ""
    verdict: str = ""
    snoozed_until: str = ""

    @property
    def standing(self) -> Standing:
        """Where it stands, as far as a list knows: whether a second person reviews a dismissal is not told."""
        past = (Done("propose_dismissal", self.proposed_by),) if self.proposed_by else ()
        return Standing(self.status, past)


def rows(
    reader: Reader, filters: Filters, *, sort: str = "risk", page: int = 1, size: int | None = None
) -> list[Row]:
    """One page of alerts (1 is the first); all of them when ``size`` is None."""
    return listed(reader, stored.alerts(reader, filters, sort=sort, page=page, size=size))


def listed(reader: Reader, alerts: Sequence[Alert]) -> list[Row]:
    """Stored alerts as rows of a list."""
    scored = [alert for alert in alerts if alert.detector_kind == "model"]
    ranks = peer_ranks(reader, [(alert.subject_kind, alert.subject_id) for alert in scored])
    own = {alert.alert_id: ranks.get((alert.subject_kind, alert.subject_id)) for alert in scored}
    return [_row(reader, alert, own.get(alert.alert_id)) for alert in alerts]


@dataclass(frozen=True)
class Neighbors:
    """The alerts next to one in a list: ids; None at the list's ends."""

    before: str | None
    after: str | None


def neighbors(reader: Reader, alert_id: str, filters: Filters, *, sort: str = "risk") -> Neighbors:
    """What a list has before and after an alert, also where the alert itself has left the list."""
    condition = where(reader.directory, filters)

    def nearest(*, before: bool) -> str | None:
        side, order = beyond(sort, alert_id, before=before)
        return reader.session.scalar(select(Alert.alert_id).where(condition, side).order_by(*order).limit(1))

    return Neighbors(nearest(before=True), nearest(before=False))


def counts_by_list(reader: Reader, filters: Filters) -> dict[str, int]:
    """Number of alerts of each list under the same other filters."""
    condition = where(reader.directory, replace(filters, list="all"))
    query = select(Alert.queue, Alert.certainty, func.count()).where(condition)
    counts = dict.fromkeys(LISTS, 0)
    for queue, certainty, many in reader.session.execute(query.group_by(Alert.queue, Alert.certainty)):
        counts[list_of(queue, certainty)] += many
        counts["all"] += many
    counts[SUSPICION] = counts["findings"] + counts["patterns"]
    return counts


_CHOICES = ("family", "detector", "severity", "district", "provider_kind", "status", "change")


def choices(reader: Reader) -> dict[str, list[str]]:
    """Values that the filters can take in this store: grades by weight, the heaviest first, others by name."""
    columns = [getattr(Alert, name) for name in _CHOICES]
    rows = reader.session.execute(select(*columns).distinct()).all()
    values = {name: {row[index] for row in rows} - {None, ""} for index, name in enumerate(_CHOICES)}
    heaviest_first = sorted(values["severity"], key=SEVERITIES.index, reverse=True)
    return {name: sorted(own) for name, own in values.items()} | {"severity": heaviest_first}


def institution_name(reader: Reader, pseudonym: str) -> str:
    """An institution's name for its pseudonym; anything else stays a pseudonym."""
    return reader.directory.names.get(reader.directory.provider_id(pseudonym), pseudonym)


def _row(reader: Reader, alert: Alert, peer: PeerRank | None) -> Row:
    return Row(
        alert_id=alert.alert_id,
        rank=alert.rank,
        list=list_of(alert.queue, alert.certainty),
        severity=alert.severity,
        queue=alert.queue,
        detector=alert.detector,
        typology=alert.typology,
        title=Text(reader.sentence(alert.title_en), reader.sentence(alert.title_zh)),
        subject_kind=alert.subject_kind,
        subject=reader.name(alert.subject_kind, alert.subject_id),
        pseudonym=reader.identity(alert.subject_kind, alert.subject_id),
        place=reader.name("provider", alert.provider_id),
        provider=reader.identity("provider", alert.provider_id),
        score=alert.score,
        peer_rank=peer.rank if peer else None,
        peers=peer.peers if peer else None,
        among_all=peer is not None and peer.among_all,
        kinds=alert.figures.get(KINDS),
        expected_fen=round(expected_fen(alert.amount_at_issue, alert.figures.get(EVIDENCE, 0.0))),
        pool=alert.pool_at_issue,
        account=alert.account_at_issue,
        money_kind=cast("MoneyKind", alert.money_kind),
        evidence_rows=alert.evidence_rows,
        first=alert.period_start,
        last=alert.period_end,
        change=alert.change,
        status=alert.status,
        proposed_by=alert.proposed_by or "",
        verdict=alert.verdict,
        snoozed_until=alert.snoozed_until or "",
    )
