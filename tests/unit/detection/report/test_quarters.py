"""The reports of four quarters add up to that of their year: money by kind, never counts of alerts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from detection.alerts.draft import NO_MONEY, Money
from detection.detectors.cards import MONEY_KINDS
from detection.language.messages import messages
from detection.report.content import GROUPS, Content, gather
from detection.report.options import Details
from detection.report.period import report_period
from detection.report.writing import printed
from detection.store.queries import Totals
from detection.store.queries.reader import open_store
from features.workspace import open_workspace

QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
HALF_A_YEAR_LATER = """
    UPDATE evidence SET settled_at = strftime('%Y-%m-%dT%H:%M:%S', settled_at, '+6 months')
     WHERE unicode(substr(settlement_id, -1)) % 2;
    UPDATE record_evidence SET record_day = date(record_day, '+6 months')
     WHERE unicode(substr(record_id, -1)) % 2;
    UPDATE alert SET period_end = max(period_end,
      coalesce((SELECT max(date(settled_at)) FROM evidence WHERE evidence.alert_id = alert.alert_id), ''),
      coalesce((SELECT max(record_day) FROM record_evidence WHERE record_evidence.alert_id = alert.alert_id), ''));
    UPDATE run SET last_day = '2024-12-31';
"""
"""The small city has half a year: half of its settlements and records move to the other half."""


@pytest.fixture
def reports(finished_copy: Path) -> dict[str, Content]:
    """The reports of the year and of its quarters, by period."""
    workspace = open_workspace(finished_copy)
    with sqlite3.connect(finished_copy / "store.sqlite") as store:
        store.executescript(HALF_A_YEAR_LATER)
    with open_store(workspace) as reader:
        return {name: gather(reader, report_period(name)) for name in ("2024", *QUARTERS)}


def test_the_money_of_four_reports_is_that_of_the_year_and_alerts_may_be_in_several(
    reports: dict[str, Content],
) -> None:
    for name in GROUPS:
        _assert_adds_up({period: content.group(name).totals for period, content in reports.items()})
    suspicion = [reports[quarter].group("suspicion").totals for quarter in QUARTERS]
    for kind in ("at_issue", "in_question"):
        assert all(quarter.of(kind) != NO_MONEY for quarter in suspicion), "each quarter has some"
    in_all = reports["2024"].group("suspicion").totals.alerts
    assert in_all < sum(quarter.alerts for quarter in suspicion)
    for detector in {share.key for share in reports["2024"].group("suspicion").by_detector}:
        _assert_adds_up({period: _of_detector(content, detector) for period, content in reports.items()})
    assert _sum([reports[quarter].spend for quarter in QUARTERS]) == reports["2024"].spend
    for language, text in (("en", "several periods"), ("zh", "可计入多个期间")):
        sentence = messages(language, "report")["report.method.period"]
        assert text in sentence
        assert sentence in str(printed(reports["2024-Q3"], Details("2024-10-15"), language).document)


def _assert_adds_up(by_period: dict[str, Totals]) -> None:
    for kind in MONEY_KINDS:
        assert _sum([by_period[quarter].of(kind) for quarter in QUARTERS]) == by_period["2024"].of(kind)


def _sum(parts: list[Money]) -> Money:
    return Money(sum(part.pool for part in parts), sum(part.account for part in parts))


def _of_detector(content: Content, detector: str) -> Totals:
    own = [share.totals for share in content.group("suspicion").by_detector if share.key == detector]
    return own[0] if own else Totals()


def test_a_comparison_counts_closed_alerts_too(finished_copy: Path) -> None:
    """Otherwise a period that was handled long ago would be smaller than one that nobody has looked at."""
    workspace = open_workspace(finished_copy)

    def compared() -> tuple[Totals, Totals, Totals | None]:
        with open_store(workspace) as reader:
            content = gather(reader, report_period("2024-Q2"))
        [before, _] = content.earlier
        return content.group("suspicion").totals, content.reported, before.totals

    was_open, reported, before = compared()
    assert before is not None and before.alerts and reported == was_open
    with sqlite3.connect(finished_copy / "store.sqlite") as store:
        store.execute("UPDATE alert SET status = 'dismissed' WHERE rank % 2")
    is_open, reported_now, before_now = compared()
    assert is_open.alerts < was_open.alerts
    assert (reported_now, before_now) == (reported, before)
