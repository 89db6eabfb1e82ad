"""The first screen's figures: who is looked at first and why, and what does not move when somebody acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl
import pytest
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft, evidence
from support.store_runs import INSTITUTIONS, Store

from detection.alerts.draft import NO_MONEY, AlertDraft, Money
from detection.detectors.cards import MoneyKind
from detection.store.queries import open_store
from detection.store.queries.home import InstitutionRow, figures, weekly, worst_institutions

LIST = a_card(digest="list", kind="model", certainty="statistical")
NAMES = ("small", "large", "busy")
PLACES = pl.concat([INSTITUTIONS.with_columns(provider_id=pl.lit(name), name=pl.lit(name)) for name in NAMES])


def about(
    place: str,
    yuan: float,
    *,
    typology: str = "one",
    kind: MoneyKind = "at_issue",
    certain: float = 6.0,
    day: int = 1,
) -> AlertDraft:
    """An alert about an institution: one settlement of its pooled fund in March."""
    case, fen = f"{place} {typology}", round(yuan * 100)
    plain = a_draft(case)
    rows = evidence(plain.alert_id, (f"s-{case}",)).with_columns(
        pool=pl.lit(fen, pl.Int64),
        account=pl.lit(0, pl.Int64),
        settled_at=pl.lit(dt.datetime(2024, 3, day, 10)),
        provider_id=pl.lit(place),
    )
    return a_draft(
        case,
        queue="institutions",
        kind="provider",
        identity=place,
        provider_id=place,
        typology=typology,
        money_kind=kind,
        card_digest="list" if kind == "context" else "digest-1",
        evidence=rows,
        evidence_value=certain,
        pool=fen,
        account=0,
        severity="definite" if kind == "at_issue" else "highly_suspicious",
        first=dt.date(2024, 3, day),
        last=dt.date(2024, 3, day),
    )


def in_order(store: Store, drafts: Sequence[AlertDraft]) -> list[InstitutionRow]:
    store.run("r1", *drafts, cards=[a_card(), LIST], institutions=PLACES)
    with open_store(store.workspace) as reader:
        return list(worst_institutions(reader, 10))


def test_a_small_sum_brings_no_subject_up_however_certain_it_is(store: Store) -> None:
    """The trifle is graded higher, and three kinds of evidence point to it."""
    trifles = [about("small", 342.25 / 3, typology=name) for name in ("one", "two", "three")]
    large = about("large", 29_400, kind="in_question", certain=3.0)
    assert trifles[0].severity_order > large.severity_order
    first, second = in_order(store, [*trifles, large])
    assert (first.name, first.expected_fen, first.kinds) == ("large", 14_700_00, ("a_rule",))
    assert (second.name, second.totals.at_issue, len(second.kinds)) == ("small", Money(342_25 - 1, 0), 3)


@on_both_stores
def test_of_equal_sums_the_one_with_more_kinds_of_evidence_comes_first(store: Store) -> None:
    drafts = [
        about("large", 200),
        about("small", 100, typology="one"),
        about("small", 100, typology="two"),
    ]
    assert [row.name for row in in_order(store, drafts)] == ["small", "large"]


def test_all_spending_of_an_institution_is_no_reason_for_its_place(store: Store) -> None:
    first, last = in_order(store, [about("busy", 125_989, kind="context"), about("small", 10)])
    assert (first.name, last.name) == ("small", "busy")
    assert (last.kinds, last.expected_fen) == ((), 0)
    assert (last.totals.context, last.totals.at_issue) == (Money(125_989_00), NO_MONEY)


def test_what_is_new_stays_new_when_it_is_dismissed(store: Store) -> None:
    drafts = [about("small", 10), about("large", 20)]
    store.run("r1", *drafts, institutions=PLACES)
    for dismissed, still_open in ((None, 2), (drafts[0], 1)):
        if dismissed:
            store.act(dismissed, "dismiss")
        with open_store(store.workspace) as reader:
            new, _, at_issue, in_question = figures(reader)
        assert (new.totals.alerts, new.still_open) == (2, still_open)
        assert at_issue.totals.at_issue.pool == (30_00 if still_open == 2 else 20_00)
        assert in_question.totals.alerts == 0


@on_both_stores
@pytest.mark.parametrize("kind", ["at_issue", "in_question"])
def test_weekly_money_is_that_of_its_own_week_and_falls(store: Store, kind: MoneyKind) -> None:
    store.run(
        "r1",
        about("small", 50, kind=kind, day=4),
        about("large", 20, kind=kind, day=12),
        about("busy", 9_000, kind="context", day=12),
        institutions=PLACES,
        cards=[a_card(), LIST],
    )
    with open_store(store.workspace) as reader:
        weeks = weekly(reader)
    assert [(week.week, week.kind, week.money) for week in weeks if week.money != NO_MONEY] == [
        ("2024-03-04", kind, Money(50_00)),
        ("2024-03-11", kind, Money(20_00)),
    ]
    assert len(weeks) == 2 * 26, "a week without money has a point, too"
