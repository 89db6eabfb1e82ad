"""Money by kind: settlements once within a kind, kinds never added, and the money of four quarters is the year's."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from support.drafts import a_card, a_draft, evidence, records
from support.store_runs import Store

from detection.alerts.draft import NO_MONEY, AlertDraft, Money
from detection.detectors.cards import MONEY_KINDS, Card, MoneyKind
from detection.store.queries import Filters, Totals, open_store
from detection.store.queries.breakdown import by_detector
from detection.store.queries.totals import money_of, totals, totals_of
from features.workspace import open_workspace

QUARTERS = [
    ("2024-01-01", "2024-03-31"),
    ("2024-04-01", "2024-06-30"),
    ("2024-07-01", "2024-09-30"),
    ("2024-10-01", "2024-12-31"),
]
CARDS: dict[MoneyKind, Card] = {
    "at_issue": a_card(digest="digest-1"),
    "in_question": a_card(digest="pattern", certainty="statistical"),
    "context": a_card(digest="list", kind="model", certainty="statistical"),
}


def settled(number: int) -> dt.date:
    """The day of a settlement: the same for every alert that cites it."""
    return dt.date(2024, 1, 1) + dt.timedelta(days=number * 37 % 366)


def draft(case: str, kind: MoneyKind, numbers: tuple[int, ...], entries: tuple[int, ...] = ()) -> AlertDraft:
    """An alert of a kind on settlements of 12.34 yuan, and on records of one yuan of its own."""
    card = CARDS[kind]
    names = tuple(f"s{number}" for number in numbers)
    plain = a_draft(case, settlements=names, card_digest=card.digest, money_kind=kind)
    own = evidence(plain.alert_id, names).with_columns(
        settled_at=pl.Series([dt.datetime.combine(settled(number), dt.time(23, 59)) for number in numbers])
    )
    of_records = records(plain.alert_id, *((f"{case}-{entry}", 100) for entry in entries)).with_columns(
        record_day=pl.Series([settled(entry) for entry in entries], dtype=pl.Date)
    )
    days = [settled(number) for number in (*numbers, *entries)]
    return a_draft(
        case,
        settlements=names,
        card_digest=card.digest,
        money_kind=kind,
        evidence=own,
        records=of_records,
        account=234 * len(names) + 100 * len(entries),
        first=min(days),
        last=max(days),
    )


def some_drafts(seed: int) -> list[AlertDraft]:
    """Alerts of every kind whose settlements overlap, within a kind and across kinds."""
    chance = random.Random(seed)
    return [
        draft(
            f"case-{number}",
            MONEY_KINDS[number % 3],
            tuple(sorted(chance.sample(range(20), chance.randint(1, 8)))),
            tuple(chance.sample(range(40, 60), chance.randint(0, 3))),
        )
        for number in range(12)
    ]


def expected(drafts: list[AlertDraft], start: str, end: str) -> Totals:
    """The totals of a period, counted one row after the other."""

    def money(kind: MoneyKind) -> Money:
        rows: dict[tuple[str, str], tuple[str, int, int]] = {}
        for each in drafts:
            if each.provenance.money_kind == kind:
                for row in each.evidence.iter_rows(named=True):
                    day = row["settled_at"].date().isoformat()
                    rows["settlement", row["settlement_id"]] = (day, row["pool"], row["account"])
                for row in each.records.iter_rows(named=True):
                    rows["record", row["record_id"]] = (
                        row["record_day"].isoformat(),
                        row["pool"],
                        row["account"],
                    )
        counted = [(pool, account) for day, pool, account in rows.values() if start <= day <= end]
        return Money(sum(pool for pool, _ in counted), sum(account for _, account in counted))

    alerts = sum(each.first.isoformat() <= end and start <= each.last.isoformat() for each in drafts)
    return Totals(alerts, *map(money, MONEY_KINDS))


def added(parts: list[Money]) -> Money:
    return Money(sum(part.pool for part in parts), sum(part.account for part in parts))


@pytest.mark.parametrize("seed", range(5))
def test_the_money_of_four_quarters_is_that_of_their_year(tmp_path: Path, seed: int) -> None:
    drafts = some_drafts(seed)
    store = Store(tmp_path)
    store.run("r1", *drafts, cards=list(CARDS.values()))
    with open_store(store.workspace) as reader:
        whole = totals(reader, Filters())
        year = totals(reader, Filters(start="2024-01-01", end="2024-12-31"))
        quarters = [totals(reader, Filters(start=start, end=end)) for start, end in QUARTERS]
        assert whole == year == expected(drafts, "2024-01-01", "2024-12-31")
        assert quarters == [expected(drafts, start, end) for start, end in QUARTERS]
        for kind in MONEY_KINDS:
            assert added([quarter.of(kind) for quarter in quarters]) == year.of(kind) != NO_MONEY
        assert sum(quarter.alerts for quarter in quarters) > year.alerts, "one alert belongs to several"
        assert totals_of(reader, [each.alert_id for each in drafts]) == whole
        first = Filters(start=QUARTERS[0][0], end=QUARTERS[0][1])
        assert [share.totals for share in by_detector(reader, first)] == [quarters[0]]


def test_the_rows_behind_a_list_of_one_kind_add_up_to_its_money(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.run("r1", *some_drafts(7), cards=list(CARDS.values()))
    with open_store(store.workspace) as reader:
        for kind in MONEY_KINDS:
            filters = Filters(money_kind=kind, start="2024-04-01")
            rows = money_of(reader, filters)
            assert rows.height and rows.filter(pl.col("day") < "2024-04-01").is_empty()
            whole = totals(reader, filters)
            assert whole.kinds == (kind,)
            assert whole.of(kind) == Money(sum(rows["pool"]), sum(rows["account"]))


def test_a_settlement_that_a_rule_and_a_pattern_cite_is_in_both_kinds_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.run(
        "r1",
        draft("rule", "at_issue", (1, 2)),
        draft("another", "at_issue", (2,)),
        draft("pattern", "in_question", (2, 3)),
        cards=list(CARDS.values()),
    )
    with open_store(store.workspace) as reader:
        assert totals(reader, Filters()) == Totals(3, Money(2_000, 2 * 234), Money(2_000, 2 * 234))


def test_the_money_of_the_small_city_s_quarters_is_that_of_its_half_year(finished: Path) -> None:
    with open_store(open_workspace(finished)) as reader:
        run = reader.current_run()
        first, last = str(run.first_day)[:10], str(run.last_day)[:10]
        days = [first, *(start for start, _ in QUARTERS if first < start <= last), "2100-01-01"]
        periods = [(start, _day_before(end)) for start, end in pairwise(days)]
        assert len(periods) > 1
        everything = totals(reader, Filters(status=""))
        parts = [totals(reader, Filters(status="", start=start, end=end)) for start, end in periods]
        assert "at_issue" in everything.kinds and "in_question" in everything.kinds
        for kind in MONEY_KINDS:
            assert added([part.of(kind) for part in parts]) == everything.of(kind)


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
