"""Whom a case cites again and again has more of its evidence than its other customers, and less than its subject."""

from __future__ import annotations

import dataclasses
import datetime as dt

import polars as pl
import pytest
from support.drafts import a_card, a_draft, with_changes

from detection.alerts.draft import EVIDENCE_SCHEMA, AlertDraft
from detection.detectors.cards import Card
from detection.evidence.of_alerts import TOUCHED, pieces_of_alerts
from detection.evidence.pieces import PIECES
from detection.evidence.recurrence import with_recurrence

_DAY = dt.datetime(2024, 3, 1)


def bills(person: str, count: int) -> list[tuple[str, str, str, int]]:
    return [(f"{person}-{number}", person, "shop", number) for number in range(count)]


def case(cited: list[tuple[str, str, str, int]]) -> AlertDraft:
    """A case about a shop that cites these bills."""
    rows = [
        {"alert_id": "A1", "settlement_id": name, "person_id": person, "provider_id": at, "settled_at": _DAY}
        for name, person, at, _ in cited
    ]
    evidence = pl.DataFrame(rows, schema=EVIDENCE_SCHEMA)
    return with_changes(a_draft(), kind="provider", identity="shop", alert_id="A1", evidence=evidence)


def shares(
    every: list[tuple[str, str, str, int]], cited: list[tuple[str, str, str, int]]
) -> dict[str, float]:
    """Share of the case's evidence of each person."""
    people = sorted({person for _, person, _, _ in cited})
    pieces = pl.DataFrame(
        [("person", person, "late", 6.0, None, None, TOUCHED, "touched", "A1") for person in people],
        schema=PIECES,
        orient="row",
    )
    settled = pl.LazyFrame(
        every, schema=["settlement_id", "person_id", "provider_id", "settled_day"], orient="row"
    )
    grown = with_recurrence(pieces, [case(cited)], settled)
    return dict(zip(grown["subject_id"], grown["share"], strict=True))


def test_who_is_cited_again_and_again_stands_out_among_customers() -> None:
    core, regular = bills("core", 10), bills("regular", 10)
    others = [row for number in range(40) for row in bills(f"other{number}", 5)]
    share = shares(core + regular + others, core + regular[:1] + others[:1])
    assert share["core"] == 0.2
    assert share["regular"] == pytest.approx(TOUCHED, abs=0.05)
    assert share["core"] > share["regular"]


def test_equal_shares_of_all_bills_of_a_place_are_no_evidence() -> None:
    every = bills("often", 20) + bills("seldom", 2) + bills("third", 8)
    share = shares(every, every)
    assert max(share.values()) < 2 * TOUCHED


def test_without_a_case_the_pieces_stay() -> None:
    pieces = pl.DataFrame(schema=PIECES)
    assert with_recurrence(pieces, [], pl.LazyFrame()).equals(pieces)


def touched(card: Card) -> set[str]:
    """Kinds of those involved in an alert about an institution."""
    about = with_changes(a_draft(), kind="provider", identity="shop", evidence_value=6.0)
    pieces = pieces_of_alerts([about], {about.detector: card})
    return set(pieces.filter(role="touched")["subject_kind"])


def test_accounts_are_involved_where_the_card_is_about_accounts() -> None:
    card = dataclasses.replace(a_card(), spread={})
    assert touched(dataclasses.replace(card, family="personal_account")) == {"person", "payer_account"}
    assert touched(dataclasses.replace(card, family="benefit")) == {"person"}
