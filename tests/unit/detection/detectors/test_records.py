"""A detector whose evidence is records: assessed by the rows of its table, at their own day and account."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from support.drafts import a_record_card
from support.world import World

from detection.detectors.cards import Cause
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_ids
from detection.detectors.runner import evaluate
from features.engine import Views
from features.errors import CardError
from features.policy import load_policy

SCHEDULE = "account_credit.schedule"
CARD = dataclasses.replace(
    a_record_card(),
    needs={"account_entries": ("amount",)},
    needs_policy=(SCHEDULE,),
    causes={"wrong": Cause("wrong", "violation", "wrong", "有误", needs_policy=(SCHEDULE,))},
)
RULE = Detector(CARD, "support.records_rule")
LEDGER = """
  entry | account | posted_at        | entry_kind     | amount | balance_after
  e1    | anna    | 2022-12-08 02:00 | monthly_credit | 20.00  | 20.00
  e2    | anna    | 2023-01-08 02:00 | monthly_credit | 20.00  | 40.00
  e3    | bo      | 2023-02-08 02:00 | monthly_credit | 20.00  | 20.00
  e4    | bo      | 2023-02-09 02:00 | interest       | 0.01   | 20.01
"""


def context(**texts: str) -> DetectorContext:
    tables = World.from_rows(**{"enrolments": "person\nanna\nbo", **texts}).tables()
    return DetectorContext(tables, Views(tables), load_policy("320600"), "320600")


def test_entries_are_assessed_from_the_day_of_the_policy_and_counted() -> None:
    evaluation = evaluate(RULE, context(account_entries=LEDGER))
    assert evidence_ids(CARD, evaluation.hits).to_list() == ["account_entries:e2", "account_entries:e3"]
    assessability = evaluation.assessability
    assert (assessability.status, assessability.rows_judged, assessability.rows_total) == ("partial", 3, 4)
    assert "3 of 4 ledger entries can be assessed" in assessability.reason_en
    assert "4 条账户流水中可判断 3 条" in assessability.reason_zh


def test_only_records_of_the_period_are_hits() -> None:
    evaluation = evaluate(RULE, context(account_entries=LEDGER), (dt.date(2023, 2, 1), dt.date(2023, 2, 28)))
    assert evaluation.hits["record_id"].to_list() == ["e3"]
    assert evaluation.assessability.rows_total == 2


def test_accounts_of_another_area_are_not_assessed() -> None:
    evaluation = evaluate(
        RULE,
        context(account_entries=LEDGER, enrolments="person | pooling_area\nanna | 320600\nbo | 150200"),
    )
    assert evaluation.hits["record_id"].to_list() == ["e2"]
    assert "of accounts of another area: 2" in evaluation.assessability.reason_en
    assert "其他统筹地区的账户发生：2 条" in evaluation.assessability.reason_zh


def test_without_the_ledger_the_rule_is_not_assessable() -> None:
    evaluation = evaluate(RULE, context())
    assert (evaluation.assessability.status, evaluation.hits.height) == ("not_assessable", 0)
    assert evaluation.assessability.reason_en.startswith("needs account_entries")


def test_what_only_another_office_can_confirm_is_counted_in_records() -> None:
    verify = dataclasses.replace(CARD.causes["wrong"], judgment="verify")
    other = dataclasses.replace(CARD.causes["wrong"], name="other")
    card = dataclasses.replace(CARD, causes={"wrong": verify, "other": other})
    evaluation = evaluate(Detector(card, RULE.module), context(account_entries=LEDGER))
    assert evaluation.hits.is_empty()
    assert "wrong (records: 2, people: 2)" in evaluation.assessability.reason_en
    assert "2 人的 2 条记录：有误" in evaluation.assessability.reason_zh
    assert evaluation.assessability.rows_judged == 1


def test_a_record_needs_what_a_record_is() -> None:
    card = dataclasses.replace(CARD, dedup=("weather",))
    with pytest.raises(CardError, match="weather"):
        evaluate(Detector(card, RULE.module), context(account_entries=LEDGER))
