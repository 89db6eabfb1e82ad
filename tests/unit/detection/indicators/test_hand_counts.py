"""Every indicator equals a slow hand count, over every period and in every cut."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest
from reference.books import Books, Counted, Span
from reference.hand_counts import hand_counts
from support.indicator_thresholds import thresholds
from support.policy_files import dated, own, parameter, policy_file
from support.random_worlds.findings import random_findings
from support.random_worlds.indicators import indicator_tables

from detection.indicators.catalogue import indicators
from detection.indicators.cuts import with_cuts
from detection.indicators.sums import sums
from detection.indicators.tables import build_tables
from features.engine import Views
from features.indicators.periods import Period, periods
from features.policy import load_policy
from features.registry import Frame, Relations
from features.tables import Tables

pytestmark = pytest.mark.slow

AREA = "320600"
Sums = dict[tuple[int, str | None], tuple[int, ...]]
"""By side and cell, the sums, and how many are in the denominator, count, and do not count in full."""
_COLUMNS = ("numerator", "denominator", "units", "counted", "rest")


def test_every_indicator_has_a_hand_count_and_every_hand_count_an_indicator() -> None:
    assert set(hand_counts()) == set(indicators()), "write it in tests/reference/hand_counts"


@pytest.mark.parametrize(("seed", "area"), [(1, "320600"), (2, "320600"), (3, "150200")])
def test_indicators_equal_their_hand_counts(seed: int, area: str, tmp_path: Path) -> None:
    tables = indicator_tables(seed)
    views, books, measured = _prepared(tables, seed, area, tmp_path)
    differ: list[tuple[str, str, str, Sums, Sums]] = []
    for name, indicator in sorted(indicators().items()):
        card, hand, months = indicator.card, hand_counts()[name], indicator.declared.looks_back
        for period in _some(measured):
            if months and period.end - months + 1 < measured[0].start:
                continue
            if not _readable(books, card.needs_policy, period):
                continue
            counted = hand(books, Span(period.start, period.end))
            listed = indicator.rows(views, period)
            expected = _sums((row.side, None, row) for row in counted)
            if (actual := _of(sums(listed))) != expected:
                differ.append((name, period.key, "", actual, expected))
            for by in set(card.cuts) & {"person_category", "part", "provider_id", "age_band"}:
                cut = _of(sums(with_cuts(listed, views, period), by), by)
                cells = _sums((row.side, _cell(books, row, by, period), row) for row in counted)
                if cut != cells:
                    differ.append((name, period.key, by, cut, cells))
    assert differ == []


@pytest.mark.parametrize(
    ("schedule", "since"),
    [
        ("schedule", dt.date(2022, 1, 1)),
        ("retired_schedule", dt.date(2022, 1, 1)),
        ("schedule", dt.date(2023, 7, 15)),
    ],
)
@pytest.mark.parametrize("name", ["idle_accounts", "balance_in_credits"])
def test_a_credit_of_a_year_is_for_twelve_months(
    name: str, schedule: str, since: dt.date, tmp_path: Path
) -> None:
    """Where a category is credited by the year, a month's credit is less, and balances are more months' credits."""
    monthly, annual = (
        _prepared(
            indicator_tables(1), 1, AREA, _made(tmp_path / kind), _credited(tmp_path, kind, schedule, since)
        )
        for kind in ("monthly", "annual")
    )
    indicator, period = indicators()[name], annual[2][-1]
    totals = {}
    for kind, (views, books, _) in (("monthly", monthly), ("annual", annual)):
        totals[kind] = _of(sums(indicator.rows(views, period)))
        counted = hand_counts()[name](books, Span(period.start, period.end))
        assert totals[kind] == _sums((row.side, None, row) for row in counted)
    of_month, of_year = (totals[kind][0, None] for kind in ("monthly", "annual"))
    assert of_year[0] >= of_month[0] and of_year[1] <= of_month[1]
    assert of_year != of_month or name == "idle_accounts"


def test_every_indicator_has_something_to_count(tmp_path: Path) -> None:
    """A hand count of nothing would prove nothing."""
    views, _, measured = _prepared(indicator_tables(1), 1, "320600", tmp_path)
    empty = set()
    for name, indicator in indicators().items():
        whole = _of(sums(indicator.rows(views, measured[-1])))
        if not all(numerator and denominator for numerator, denominator, *_ in whole.values()) or not whole:
            empty.add(name)
    assert empty == set()


def _credited(folder: Path, kind: str, schedule: str, since: dt.date) -> Path:
    """A fund's own policy: one schedule of credits, by month or by year."""
    value = dated("schedule", since=since, value=kind, source="made up for a test", status="illustrative")
    content = policy_file(parameter(f"account_credit.{schedule}", value), area=AREA)
    return own(_made(folder / f"policy_{kind}"), content)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _prepared(
    tables: Tables, seed: int, area: str, folder: Path, overlay: Path | None = None
) -> tuple[Relations, Books, list[Period]]:
    policy = load_policy(area, profile="illustrative", overlay=overlay)
    reported = random_findings(tables, seed)
    views = build_tables(Views(tables), policy, reported.findings(), folder)
    books = Books(tables, policy, thresholds(), reported.causes, reported.assessed, reported.at_issue)
    months = sorted({row["settled_month"] for row in books.settlements})
    return views, books, periods(months[0], months[-1], policy.cut_over)


def _some(measured: list[Period]) -> list[Period]:
    """The first month, two after the cut-over, and all longer periods."""
    months = [period for period in measured if period.kind == "month"]
    return [months[0], months[8], months[-1], *(period for period in measured if period.kind != "month")]


def _readable(books: Books, names: Iterable[str], period: Period) -> bool:
    """Whether these values are known on every day of a period."""
    span = Span(period.start, period.end)
    days = [Span(month, month) for month in range(span.start, span.end + 1)]
    return all(
        books.value(name, day) is not None
        for name in names
        for span in days
        for day in (span.first_day, span.last_day)
    )


def _of(frame: Frame, by: str | None = None) -> Sums:
    native: pl.LazyFrame = frame.to_native()
    return {
        (int(row["side"]), None if by is None or row[by] is None else str(row[by])): tuple(
            row[name] for name in _COLUMNS
        )
        for row in native.collect().iter_rows(named=True)
    }


def _sums(counted: Iterable[tuple[int, str | None, Counted]]) -> Sums:
    groups: dict[tuple[int, str | None], list[Counted]] = defaultdict(list)
    for side, cell, row in counted:
        groups[side, cell].append(row)
    return {
        key: (
            sum(row.numerator for row in rows),
            sum(row.denominator for row in rows),
            _units(row for row in rows if row.denominator != 0),
            _units(row for row in rows if row.numerator != 0),
            _units(row for row in rows if row.numerator != row.denominator),
        )
        for key, rows in groups.items()
    }


def _units(rows: Iterable[Counted]) -> int:
    people = [row.person for row in rows]
    return len(set(people)) if any(people) else len(people)


def _cell(books: Books, row: Counted, by: str, period: Period) -> str | None:
    if by == "part":
        return row.part
    if by == "provider_id":
        return row.provider
    assert row.person is not None
    if by == "person_category":
        return row.category or books.category_by(period.end).get(row.person, "unknown")
    born = books.born.get(row.person)
    age = None if born is None else (books.last_day - born) * 4 // 1461
    bands = ((18, "0-17"), (35, "18-34"), (50, "35-49"), (65, "50-64"), (80, "65-79"), (200, "80+"))
    return "unknown" if age is None else next(band for below, band in bands if age < below)
