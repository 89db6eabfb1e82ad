"""A detector is asked about the rows that it can judge, and what it could not judge is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from support.cases import world

from detection.detectors.assessability import assess
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views
from features.errors import CardError
from features.policy import Policy, PolicyValue, load_policy

AUTHORISED = """
  payer | beneficiary | valid_from
  son   | mother      | 2020-01-01 00:00
"""
PAID = """
  settlement | person | settled_at       | mutual_aid_paid | mutual_aid_payer
  s1         | father | 2022-12-31 10:00 | 88.00           | son
  s2         | father | 2023-01-01 10:00 | 88.00           | son
  s3         | father | 2024-01-01 10:00 | 88.00           | son
"""


def context(policy: Policy | None = None, **drawn: str) -> DetectorContext:
    tables = world(**drawn)
    return DetectorContext(tables, Views(tables), policy or load_policy("320600"), "320600")


def aid(policy: Policy | None = None) -> DetectorContext:
    return context(policy, settlements=PAID, family_authorizations=AUTHORISED, enrolments="person\nson")


def rule(name: str = "family_authorization") -> Detector:
    return catalogue()[name]


def test_rows_before_the_policy_are_left_out_and_counted() -> None:
    judged = evaluate(rule(), aid())
    assert judged.hits["settlement_id"].to_list() == ["s2", "s3"]
    able = judged.assessability
    assert (able.status, able.rows_judged, able.rows_total) == ("partial", 2, 3)
    assert "policy known from 2023-01-01: family_mutual_aid.requires_authorization, " in able.reason_en
    assert "2 of 3 settlements can be judged" in able.reason_en
    assert "3 笔结算中可判断 2 笔" in able.reason_zh


def test_a_period_before_the_policy_is_not_assessable_and_never_a_stop() -> None:
    judged = evaluate(rule(), aid(), (dt.date(2022, 1, 1), dt.date(2022, 12, 31)))
    assert judged.assessability.status == "not_assessable"
    assert judged.hits.is_empty()


def test_only_the_period_is_judged() -> None:
    judged = evaluate(rule(), aid(), (dt.date(2023, 1, 1), dt.date(2023, 12, 31)))
    assert judged.assessability.status == "available"
    assert judged.hits["settlement_id"].to_list() == ["s2"]


def test_a_window_that_nobody_has_read_is_left_out_for_the_causes_that_ask_it() -> None:
    read = load_policy("320600")
    name = "family_mutual_aid.permitted_relations"
    unread = PolicyValue(dt.date(2024, 1, 1), None, "relation", "not read", "unknown")
    policy = dataclasses.replace(
        read, parameters={**read.parameters, name: (read.parameters[name][0], unread)}
    )
    authorised = AUTHORISED.replace("beneficiary | ", "beneficiary | relation | ").replace(
        "mother      | ", "father | sibling | "
    )
    drawn = context(policy, settlements=PAID, family_authorizations=authorised, enrolments="person\nfather")
    judged = evaluate(rule(), drawn)
    assert judged.hits.select("settlement_id", "cause").rows() == [("s2", "relation")]
    told = judged.assessability
    assert (told.status, told.rows_judged) == ("partial", 2)  # 2022 for no cause, 2024 for all but one
    assert "“relation not permitted on the day” can be judged for 1 of 3 settlements" in told.reason_en
    assert "“亲属关系当日不在允许范围”：3 笔结算中可判断 1 笔" in told.reason_zh
    assert evaluate(rule(), aid(policy)).hits["settlement_id"].to_list() == ["s2", "s3"]  # never authorised


PLACES = """
  provider | pooling_area
  p1       | {area}
"""


@pytest.mark.parametrize(("area", "n"), [("320600", 2), ("000000", 2), ("", 2), ("150200", 0)])
def test_this_area_s_policy_judges_what_was_settled_here(area: str, n: int) -> None:
    providers = PLACES.format(area=area)
    drawn = context(
        None,
        settlements=PAID,
        providers=providers,
        family_authorizations=AUTHORISED,
        enrolments="person\nson",
    )
    judged = evaluate(rule(), drawn)
    assert judged.hits.height == judged.assessability.rows_judged == n
    told = judged.assessability
    assert (told.status == "not_assessable") == (n == 0)
    assert ("settled in another area: 3" in told.reason_en) == (n == 0)
    assert ("在其他统筹地区结算：3 笔" in told.reason_zh) == (n == 0)


def test_an_account_of_another_area_is_not_judged_by_this_one_s_policy() -> None:
    enrolments = "person | pooling_area\nson | 150200"
    judged = evaluate(
        rule(), context(None, settlements=PAID, family_authorizations=AUTHORISED, enrolments=enrolments)
    )
    assert judged.hits.is_empty()
    assert "paid by accounts of another area: 3" in judged.assessability.reason_en


def test_a_rule_that_asks_no_policy_judges_every_area() -> None:
    drawn = context(None, settlements=PAID, providers=PLACES.format(area="150200"), **ENTITLED)
    assert evaluate(rule("ineligible_person"), drawn).assessability.rows_judged == 3


ENTITLED = {"persons": "person | death_date\nfather | 2022-01-01", "enrolments": "person\nfather"}


def test_without_the_policy_of_one_cause_the_others_are_judged() -> None:
    read = load_policy("320600")
    name = "family_mutual_aid.enrolment_province"
    policy = dataclasses.replace(
        read, parameters={key: dated for key, dated in read.parameters.items() if key != name}
    )
    judged = evaluate(rule(), aid(policy))
    assert judged.hits["settlement_id"].to_list() == ["s2", "s3"]
    assert f"needs policy {name}" in judged.assessability.reason_en


def test_all_that_is_missing_is_named_in_both_languages() -> None:
    judged = evaluate(rule(), context(load_policy("none"), settlements="settlement | person | settled_at"))
    said = judged.assessability
    assert "needs settlements.mutual_aid_paid" in said.reason_en
    assert "needs family_authorizations" in said.reason_en
    assert "needs policy family_mutual_aid.requires_authorization" in said.reason_en
    assert "缺少数据表 family_authorizations" in said.reason_zh


def test_an_anomaly_can_be_assessed_without_being_asked() -> None:
    card_alone = dataclasses.replace(rule(), module=None)
    assert evaluate(card_alone, aid()).hits.is_empty()
    able, _ = assess(card_alone.card, aid())
    assert able.rows_total == 3


def test_a_hit_has_the_promised_columns_and_a_member() -> None:
    row = evaluate(rule(), aid()).hits.row(0, named=True)
    assert row == {
        "settlement_id": "s2",
        "subject_id": "son",
        "subject_kind": "payer_account",
        "payer_id": "son",
        "beneficiary_id": "father",
        "cause": "never",
        "strength": None,
        "member_id": "father",
        "pool": None,
        "account": None,
    }


@dataclasses.dataclass(frozen=True)
class Asking(Detector):
    """A detector whose question is given by a test."""

    answer: Any = None

    @property
    def hits(self) -> Any:
        return lambda context, line: self.answer(context)


def asking(answer: Any) -> Detector:
    return Asking(rule().card, rule().module, answer)


def test_a_column_that_the_card_promises_and_the_code_forgets_is_an_error() -> None:
    with pytest.raises(CardError, match="beneficiary_id"):
        evaluate(asking(lambda context: context.assessable.settlements.select("settlement_id")), aid())


def test_a_cause_that_the_card_does_not_know_is_an_error() -> None:
    def answer(context: DetectorContext) -> nw.LazyFrame[Any]:
        names = ("subject_id", "payer_id", "beneficiary_id")
        return context.assessable.settlements.select(
            "settlement_id", cause=nw.lit("new moon"), **{name: nw.col("person_id") for name in names}
        )

    with pytest.raises(CardError, match="new moon"):
        evaluate(asking(answer), aid())


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("area", ["320600", "150200", "none"])
def test_the_barest_data_and_no_data_at_all_never_raise(name: str, area: str) -> None:
    """One settlement and the required tables, or not a row: hits or a reason, never a stop."""
    bare = world(
        settlements="settlement | person | settled_at\ns1 | li | 2024-03-01 10:00",
        persons="person\nli",
        enrolments="person\nli",
        providers="provider\np1",
    )
    no_rows = {table: nw.from_native(frame.to_native().head(0)) for table, frame in bare.frames.items()}
    for tables in (bare, bare.replacing(**no_rows)):
        judged = evaluate(catalogue()[name], DetectorContext(tables, Views(tables), load_policy(area), area))
        assert judged.hits.is_empty()
        assert judged.assessability.reason_en or judged.assessability.status == "available"
