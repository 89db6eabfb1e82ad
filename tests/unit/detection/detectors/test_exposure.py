"""A violation that a large share of what is exposed shows raises no alert about anybody."""

from __future__ import annotations

import dataclasses
import datetime as dt

from support.drafts import a_record_card
from support.world import World

from detection.detectors.cards import Cause, Threshold, Thresholds
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.exposure import Exposure
from detection.detectors.runner import Evaluation, evaluate
from features.engine import Views
from features.policy import load_policy

LEDGER = """
  entry | account | posted_at        | entry_kind     | amount | balance_after
  e1    | anna    | 2023-01-08 02:00 | monthly_credit | 20.00  | 20.00
  e2    | bo      | 2023-02-08 02:00 | monthly_credit | 20.00  | 20.00
  e3    | bo      | 2023-02-09 02:00 | interest       | 0.01   | 20.01
  e4    | bo      | 2023-02-10 02:00 | interest       | 0.01   | 20.02
"""
RULE = Cause("wrong", "violation", "wrong", "有误", common_above="common_percent")


def evaluation(percent: float, least: int = 2, cause: Cause = RULE) -> Evaluation:
    chosen = {
        name: (Threshold(dt.date(2000, 1, 1), value, "", "test", "illustrative"),)
        for name, value in (("common_percent", percent), ("common_least", least))
    }
    card = dataclasses.replace(
        a_record_card(),
        needs={"account_entries": ("amount",)},
        causes={"wrong": cause},
        thresholds=Thresholds(chosen),
    )
    tables = World.from_rows(enrolments="person\nanna\nbo", account_entries=LEDGER).tables()
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    return evaluate(Detector(card, "support.records_rule"), context)


def test_it_is_counted_among_the_rows_that_could_have_it() -> None:
    assert evaluation(60).exposure["wrong"] == Exposure(2, 4)
    credits_only = evaluation(
        100, cause=dataclasses.replace(RULE, exposed={"entry_kind": ("monthly_credit",)})
    )
    assert credits_only.exposure["wrong"] == Exposure(2, 2)
    assert credits_only.hits.height == 2


def test_what_is_common_is_a_question_to_the_agency() -> None:
    assert (evaluation(50).hits.height, evaluation(50).assessability.status) == (2, "available")
    common = evaluation(49)
    assert common.hits.is_empty()
    assert common.assessability.status == "partial"
    assert "“wrong” holds for 2 of the 4 ledger entries" in common.assessability.reason_en
    assert "4 条账户流水中有 2 条" in common.assessability.reason_zh


def test_a_share_of_few_violations_says_nothing() -> None:
    assert evaluation(1, least=3).hits.height == 2


def test_a_defect_of_the_data_is_one_case_of_the_agency() -> None:
    hits = evaluation(1, cause=dataclasses.replace(RULE, when_common="summary")).hits
    assert hits.height == 2
    assert set(hits.select("subject_kind", "subject_id", "account_id").rows()) == {
        ("agency", "320600", "agency")
    }
