"""Records of other tables as evidence: signed money, the day they are of, and where they came from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from support.drafts import AS_OF, KEY, a_record_card
from support.world import World

from detection.alerts.build import build_alerts
from detection.alerts.counter_evidence import with_counter_evidence
from detection.alerts.draft import AlertDraft
from detection.alerts.sentences import causes_text
from detection.detectors.hits import schema_of
from features.policy import Policy

DAY = dt.date(2024, 3, 8)
TABLES = World.from_rows(settlements="settlement | person | settled_at").tables()


def alerts(*rows: dict[str, Any]) -> list[AlertDraft]:
    card = a_record_card()
    plain = {"record_table": "account_entries", "pool": 0, "cause": "wrong", "source_file": 0}
    hits = pl.DataFrame(
        [{**plain, "person_id": row["account_id"], "subject_id": row["account_id"], **row} for row in rows],
        schema=schema_of(card),
    )
    return build_alerts(
        card, hits, TABLES, policy=Policy("none"), area="320600", key=KEY, files=["account_entries.csv"]
    )


def test_money_is_signed_and_each_side_is_stated() -> None:
    [draft] = alerts(
        {"account_id": "anna", "record_id": "e1", "record_day": 19790, "account": 500, "source_row": 7},
        {"account_id": "anna", "record_id": "e2", "record_day": 19821, "account": -1200, "source_row": 9},
    )
    assert (draft.money.pool, draft.money.account, draft.money.amount) == (0, -700, -700)
    assert draft.explanation.seen.en == (
        "⟦person:anna⟧: entries 2, CN¥5.00 too much, CN¥12.00 owed, 2024-03-08 to 2024-04-08; wrong: 2, ⟦person:anna⟧."
    )


def test_an_alert_has_the_days_and_places_of_its_records() -> None:
    [draft] = alerts(
        {"account_id": "anna", "record_id": "e1", "record_day": 19790, "account": 500, "source_row": 7}
    )
    assert (draft.first, draft.last, draft.subject.provider_id) == (DAY, DAY, None)
    assert (draft.evidence.height, draft.records.height, draft.evidence_rows) == (0, 1, 1)
    assert draft.records.row(0)[1:] == (
        *("account_entries", "e1", "wrong", "anna", DAY, 0, 500, "account_entries.csv", 7, None),
    )
    assert draft.subject.member_ids == ("anna",)


def test_a_record_counts_once_in_a_case_and_cases_are_kept_apart() -> None:
    drafts = alerts(
        {"account_id": "anna", "record_id": "e1", "record_day": 19790, "account": 500, "member_id": "anna"},
        {"account_id": "anna", "record_id": "e1", "record_day": 19790, "account": 500, "member_id": "bo"},
        {"account_id": "bo", "record_id": "e3", "record_day": 19790, "account": 1},
    )
    assert sorted(
        (item.subject.identity, item.money.account, item.subject.member_ids) for item in drafts
    ) == [
        ("anna", 500, ("anna", "bo")),
        ("bo", 1, ("bo",)),
    ]


def test_no_context_covers_a_record() -> None:
    drafts = alerts({"account_id": "anna", "record_id": "e1", "record_day": 19790, "account": 500})
    tables = World.from_rows(
        settlements="settlement | person | settled_at",
        registered_contexts="context | kind | person\nc1 | event | anna",
    ).tables()
    [draft] = with_counter_evidence(drafts, tables, cards={"a_rule": a_record_card()}, as_of=AS_OF)
    assert draft.explanation.checks == ()


def test_the_causes_met_are_stated_in_words() -> None:
    card = a_record_card()
    assert causes_text(card, {"wrong": 1200}, "en") == "wrong (1,200)"
    assert causes_text(card, {"wrong": 2}, "zh") == "有误（2 条）"
    assert causes_text(card, {"wrong": 0}, "en") == ""
