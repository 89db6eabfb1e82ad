"""Every money figure of home, list, report and exports is the sum of its rows, by kind of money.

The rows are counted here one after the other: within a kind each settlement and each record once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select

from detection.alerts.draft import NO_MONEY, Money
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from detection.export.export import export
from detection.export.lists.alerts import AlertList
from detection.report.content import GROUPS, gather
from detection.report.period import report_period
from detection.store.lifecycle import OPEN
from detection.store.queries import EVERY_ALERT, Totals, open_store
from detection.store.queries.alerts import rows as listed
from detection.store.queries.filters import LISTS, SUSPICION, Filters, list_of
from detection.store.queries.home import home, weekly
from detection.store.queries.home.figures import HEADLINES
from detection.store.queries.reader import Reader
from detection.store.queries.totals import totals
from detection.store.schema import Alert, Evidence, RecordEvidence
from features.workspace import open_workspace

SUSPICIONS = ("findings", "patterns")


@dataclass(frozen=True)
class EvidenceRow:
    """A row behind an alert: what it is counted as, its day, and its money in fen."""

    alert: Alert
    key: tuple[str, ...]
    day: str
    money: Money


@pytest.fixture(scope="module")
def reader(finished: Path) -> Iterator[Reader]:
    with open_store(open_workspace(finished)) as opened:
        yield opened


@pytest.fixture(scope="module")
def evidence(reader: Reader) -> list[EvidenceRow]:
    """All rows behind all alerts."""
    settlements = [
        EvidenceRow(alert, (row.settlement_id,), row.settled_at[:10], Money(row.pool, row.account))
        for alert, row in reader.session.execute(
            select(Alert, Evidence).join(Evidence, Evidence.alert_id == Alert.alert_id)
        )
    ]
    records = [
        EvidenceRow(
            alert,
            (row.record_table, row.record_id),
            row.record_day,
            Money(row.pool, row.account),
        )
        for alert, row in reader.session.execute(
            select(Alert, RecordEvidence).join(RecordEvidence, RecordEvidence.alert_id == Alert.alert_id)
        )
    ]
    assert len(settlements) > 100
    assert records
    return [*settlements, *records]


def counted(rows: Iterable[EvidenceRow], kind: MoneyKind) -> Money:
    """The money of one kind, each row once."""
    return added({row.key: row.money for row in rows if row.alert.money_kind == kind}.values())


def added(parts: Iterable[Money]) -> Money:
    money = list(parts)
    return Money(sum(part.pool for part in money), sum(part.account for part in money))


def assert_sums(
    shown: Totals, rows: Iterable[EvidenceRow], *, kinds: Iterable[MoneyKind] = MONEY_KINDS
) -> None:
    rows = list(rows)
    for kind in kinds:
        assert shown.of(kind) == counted(rows, kind)
    assert shown.alerts >= len({row.alert.alert_id for row in rows})


def suspected(row: EvidenceRow) -> bool:
    return list_of(row.alert.queue, row.alert.certainty) in SUSPICIONS


def is_open(row: EvidenceRow) -> bool:
    return row.alert.status in OPEN


def test_home(reader: Reader, evidence: list[EvidenceRow]) -> None:
    page = home(reader)
    shown = {figure.name: figure.totals for figure in page.figures}
    for kind in HEADLINES:
        own = [row for row in evidence if is_open(row) and suspected(row) and row.alert.money_kind == kind]
        assert shown[kind].of(kind) == counted(own, kind) != NO_MONEY
    for change in ("new", "changed"):
        assert_sums(shown[change], (row for row in evidence if suspected(row) and row.alert.change == change))
    assert page.institutions
    for institution in page.institutions:
        assert_sums(
            institution.totals,
            (
                row
                for row in evidence
                if is_open(row)
                and row.alert.queue == "institutions"
                and reader.identity("provider", row.alert.provider_id) == institution.provider
            ),
        )
    weeks = weekly(reader)
    first = min(week.week for week in weeks)
    for kind in HEADLINES:
        own = [row for row in evidence if is_open(row) and suspected(row) and row.day >= first]
        assert added(week.money for week in weeks if week.kind == kind) == counted(own, kind)


@pytest.mark.parametrize("name", [*LISTS, SUSPICION])
def test_list(reader: Reader, evidence: list[EvidenceRow], name: str) -> None:
    filters = Filters(list=name, status="")
    in_list = listed(reader, filters)
    numbers = {row.alert_id for row in in_list}
    behind = [row for row in evidence if row.alert.alert_id in numbers]
    assert_sums(totals(reader, filters), behind)
    _assert_rows({row.alert_id: Money(row.pool, row.account) for row in in_list}, behind)


def _assert_rows(shown: dict[str, Money], rows: Iterable[EvidenceRow]) -> None:
    """The money of each alert is that of its own rows."""
    own: dict[str, list[Money]] = defaultdict(list)
    for row in rows:
        own[row.alert.alert_id].append(row.money)
    assert shown == {alert_id: added(own[alert_id]) for alert_id in shown}


def test_report(reader: Reader, evidence: list[EvidenceRow]) -> None:
    content = gather(reader, report_period("2024-Q2"))
    of_period = [row for row in evidence if "2024-04-01" <= row.day <= "2024-06-30"]
    open_rows = [row for row in of_period if is_open(row)]
    assert [group.name for group in content.groups] == list(GROUPS)
    for group in content.groups:
        own = [
            row
            for row in open_rows
            if (suspected(row) if group.name == SUSPICION else row.alert.queue == group.name)
        ]
        assert_sums(group.totals, own)
        for share in group.by_detector:
            assert_sums(share.totals, (row for row in own if row.alert.detector == share.key))
        for share in group.by_district:
            assert_sums(share.totals, (row for row in own if (row.alert.district or "") == share.key))
    assert content.group(SUSPICION).totals.at_issue != NO_MONEY
    assert content.institutions
    for place in content.institutions:
        assert_sums(
            place.totals,
            (
                row
                for row in open_rows
                if row.alert.queue == "institutions"
                and reader.identity("provider", row.alert.provider_id) == place.provider
            ),
        )
    lines = [*content.alerts, *content.accounts]
    numbers = {line.row.alert_id for line in lines}
    shown = {line.row.alert_id: line.money for line in lines}
    _assert_rows(shown, [row for row in of_period if row.alert.alert_id in numbers])


def test_export(reader: Reader, evidence: list[EvidenceRow], tmp_path: Path) -> None:
    everything = AlertList(EVERY_ALERT).listing(reader, "zh")
    names = [column.name for column in everything.columns]
    taken = {
        str(cells[names.index("alert_id")]): Money(
            *(int(cells[names.index(fund)] or 0) for fund in ("pool", "account"))
        )
        for cells in everything.rows
    }
    assert len(taken) == totals(reader, EVERY_ALERT).alerts
    _assert_rows(taken, evidence)
    files = {}
    for what in ("alerts", "evidence"):
        files[what] = tmp_path / f"{what}.parquet"
        export(reader.workspace, what, file_format="parquet", out=files[what], actor="li", at="noon")
    alerts, rows = (pl.read_parquet(files[what]) for what in ("alerts", "evidence"))
    fen = pl.col("pool", "account") * 100
    by_alert = rows.group_by("alert_id").agg(fen.sum().cast(pl.Int64))
    _assert_rows({key: Money(pool, account) for key, pool, account in by_alert.iter_rows()}, evidence)
    stated = alerts.select("alert_id", pl.col("pool_at_issue", "account_at_issue", "amount_at_issue") * 100)
    for key, pool, account, amount in stated.iter_rows():
        assert taken[key] == Money(int(pool), int(account))
        assert int(amount) == int(pool) + int(account)
