"""Every indicator equals a slow hand count, over every period and in every cut."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest
from reference.books import Books, Counted, Span
from reference.indicators import hand_counts
from support.indicator_worlds import findings, indicator_tables

from detection.indicators.card_files import indicator_cards
from detection.indicators.measure import sums
from features.indicators.ground import Ground, Source, lay
from features.indicators.periods import Period, periods
from features.indicators.registry import all_indicators, with_cuts
from features.policy import load_policy
from features.registry import Frame
from features.tables import Tables

AREA = "320600"
Sums = dict[tuple[int, str | None], tuple[int, int, int]]


def test_every_indicator_has_a_hand_count_and_every_hand_count_an_indicator() -> None:
    assert set(hand_counts()) == set(all_indicators()), "write it in tests/reference/indicators.py"


@pytest.mark.parametrize(("seed", "area"), [(1, "320600"), (2, "320600"), (3, "150200")])
def test_indicators_equal_their_hand_counts(seed: int, area: str, tmp_path: Path) -> None:
    tables = indicator_tables(seed)
    ground, books, asked = _prepared(tables, seed, area, tmp_path)
    differ: list[tuple[str, str, str, Sums, Sums]] = []
    for name, one in all_indicators().items():
        card, hand = indicator_cards()[name], hand_counts()[name]
        for period in _some(asked):
            if one.looks_back and period.end - one.looks_back + 1 < asked[0].start:
                continue
            if not _readable(books, card.needs_policy, period):
                continue
            counted = hand(books, Span(period.start, period.end))
            listed = one.rows(ground, period, card.drawn(period.last_day))
            expected = _sums((one.side, None, one) for one in counted)
            if (found := _of(sums(listed))) != expected:
                differ.append((name, period.key, "", found, expected))
            for by in set(card.cuts) & {"person_category", "part", "provider_id", "age_band"}:
                cut = _of(sums(with_cuts(listed, ground, period), by), by)
                cells = _sums((one.side, _cell(books, one, by, period), one) for one in counted)
                if cut != cells:
                    differ.append((name, period.key, by, cut, cells))
    assert differ == []


@pytest.mark.parametrize(
    ("schedule", "since"),
    [("schedule", "2022-01-01"), ("retired_schedule", "2022-01-01"), ("schedule", "2023-07-15")],
)
@pytest.mark.parametrize("name", ["idle_accounts", "balance_in_credits"])
def test_a_credit_of_a_year_is_for_twelve_months(
    name: str, schedule: str, since: str, tmp_path: Path
) -> None:
    """Where a category is credited by the year, a month's credit is less, and balances are more months' credits."""
    monthly, annual = (
        _prepared(
            indicator_tables(1), 1, AREA, _made(tmp_path / kind), _credited(tmp_path, kind, schedule, since)
        )
        for kind in ("monthly", "annual")
    )
    one, card, period = all_indicators()[name], indicator_cards()[name], annual[2][-1]
    found = {}
    for kind, (ground, books, _) in (("monthly", monthly), ("annual", annual)):
        found[kind] = _of(sums(one.rows(ground, period, card.drawn(period.last_day))))
        counted = hand_counts()[name](books, Span(period.start, period.end))
        assert found[kind] == _sums((row.side, None, row) for row in counted)
    of_month, of_year = (found[kind][0, None] for kind in ("monthly", "annual"))
    assert of_year[0] >= of_month[0] and of_year[1] <= of_month[1]
    assert of_year != of_month or name == "idle_accounts"


def test_every_indicator_has_something_to_count(tmp_path: Path) -> None:
    """A hand count of nothing would prove nothing."""
    ground, _, asked = _prepared(indicator_tables(1), 1, "320600", tmp_path)
    empty = set()
    for name, one in all_indicators().items():
        drawn = indicator_cards()[name].drawn(asked[-1].last_day)
        whole = _of(sums(one.rows(ground, asked[-1], drawn)))
        if not all(numerator and denominator for numerator, denominator, _ in whole.values()) or not whole:
            empty.add(name)
    assert empty == set()


def _credited(folder: Path, kind: str, schedule: str, since: str) -> Path:
    """A fund's own policy: one schedule of credits, by month or by year."""
    own = _made(folder / f"policy_{kind}")
    name = f"account_credit.{schedule}"
    (own / f"{AREA}_own.toml").write_text(
        f'area = "{AREA}"\n[{name}]\n[[{name}.values]]\nfrom = {since}\nvalue = "{kind}"\nunit = "schedule"\n'
        'source = "made up for a test"\nstatus = "illustrative"\n',
        encoding="utf-8",
    )
    return own


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _prepared(
    tables: Tables, seed: int, area: str, folder: Path, overlay: Path | None = None
) -> tuple[Ground, Books, list[Period]]:
    policy = load_policy(area, profile="illustrative", overlay=overlay)
    drawn = findings(tables, seed)
    ground = lay(Source(tables, policy, drawn.seen()), folder)
    lines = {name: card.drawn(dt.date(2024, 1, 1)) for name, card in indicator_cards().items()}
    books = Books(tables, policy, lines, drawn.found, drawn.judged, drawn.at_issue)
    months = sorted({row["settled_month"] for row in books.settlements})
    return ground, books, periods(months[0], months[-1], policy.cut_over)


def _some(asked: list[Period]) -> list[Period]:
    """The first month, two after the cut-over, and all longer periods."""
    months = [one for one in asked if one.kind == "month"]
    return [months[0], months[8], months[-1], *(one for one in asked if one.kind != "month")]


def _readable(books: Books, names: Iterable[str], period: Period) -> bool:
    """Whether everybody has read these values on every day of a period."""
    span = Span(period.start, period.end)
    days = [Span(month, month) for month in range(span.start, span.end + 1)]
    return all(
        books.value(name, day) is not None
        for name in names
        for one in days
        for day in (one.first_day, one.last_day)
    )


def _of(frame: Frame, by: str | None = None) -> Sums:
    native: pl.LazyFrame = frame.to_native()
    return {
        (int(one["side"]), None if by is None or one[by] is None else str(one[by])): (
            one["numerator"],
            one["denominator"],
            one["units"],
        )
        for one in native.collect().iter_rows(named=True)
    }


def _sums(counted: Iterable[tuple[int, str | None, Counted]]) -> Sums:
    groups: dict[tuple[int, str | None], list[Counted]] = defaultdict(list)
    for side, cell, one in counted:
        groups[side, cell].append(one)
    return {
        place: (
            sum(one.numerator for one in rows),
            sum(one.denominator for one in rows),
            _units(rows),
        )
        for place, rows in groups.items()
    }


def _units(rows: list[Counted]) -> int:
    counts = [one for one in rows if one.denominator != 0]
    return len({one.person for one in counts}) if any(one.person for one in counts) else len(counts)


def _cell(books: Books, one: Counted, by: str, period: Period) -> str | None:
    if by == "part":
        return one.part
    if by == "provider_id":
        return one.provider
    assert one.person is not None
    if by == "person_category":
        return one.category or books.category_by(period.end).get(one.person, "unknown")
    born = books.born.get(one.person)
    age = None if born is None else (books.last_day - born) * 4 // 1461
    bands = ((18, "0-17"), (35, "18-34"), (50, "35-49"), (65, "50-64"), (80, "65-79"), (200, "80+"))
    return "unknown" if age is None else next(band for below, band in bands if age < below)
