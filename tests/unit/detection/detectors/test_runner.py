"""A detector is evaluated on the rows that it can assess; the others are reported."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from support.random_worlds.rules import random_world
from support.world import World

from detection.detectors.assessability import Assessability, assess
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views, collect
from features.errors import CardError
from features.policy import Policy, PolicyValue, load_policy
from features.tables import Tables

AUTHORIZED = """
  payer | beneficiary | valid_from
  son   | mother      | 2020-01-01 00:00
"""
PAID = """
  settlement | person | settled_at       | mutual_aid_paid | mutual_aid_payer
  s1         | father | 2022-12-31 10:00 | 188.00          | son
  s2         | father | 2023-01-01 10:00 | 188.00          | son
  s3         | father | 2024-01-01 10:00 | 188.00          | son
"""


def context(policy: Policy | None = None, **texts: str) -> DetectorContext:
    tables = World.from_rows(**texts).tables()
    return DetectorContext(tables, Views(tables), policy or load_policy("320600"), "320600")


def aid(policy: Policy | None = None) -> DetectorContext:
    return context(
        policy, settlements=PAID, family_authorizations=AUTHORIZED, enrolments="person\nson\nfather"
    )


def rule(name: str = "family_authorization") -> Detector:
    return catalogue()[name]


def test_rows_before_the_policy_are_left_out_and_counted() -> None:
    evaluation = evaluate(rule(), aid())
    assert evaluation.hits["settlement_id"].to_list() == ["s2", "s3"]
    assessability = evaluation.assessability
    assert (assessability.status, assessability.rows_judged, assessability.rows_total) == ("partial", 2, 3)
    assert (
        "policy known from 2023-01-01: family_mutual_aid.requires_authorization, " in assessability.reason_en
    )
    assert "2 of 3 settlements can be assessed" in assessability.reason_en
    assert "3 笔结算中可判断 2 笔" in assessability.reason_zh


def test_a_period_before_the_policy_is_not_assessable_and_never_a_stop() -> None:
    evaluation = evaluate(rule(), aid(), (dt.date(2022, 1, 1), dt.date(2022, 12, 31)))
    assert evaluation.assessability.status == "not_assessable"
    assert evaluation.hits.is_empty()


def test_only_the_period_is_assessed() -> None:
    evaluation = evaluate(rule(), aid(), (dt.date(2023, 1, 1), dt.date(2023, 12, 31)))
    assert evaluation.assessability.status == "available"
    assert evaluation.hits["settlement_id"].to_list() == ["s2"]


def test_an_unverified_window_is_left_out_for_the_causes_that_need_it() -> None:
    read = load_policy("320600")
    name = "family_mutual_aid.permitted_relations"
    unverified = PolicyValue(dt.date(2024, 1, 1), None, "relation", "not read", "unknown")
    policy = dataclasses.replace(
        read, parameters={**read.parameters, name: (read.parameters[name][0], unverified)}
    )
    authorized = AUTHORIZED.replace("beneficiary | ", "beneficiary | relation | ").replace(
        "mother      | ", "father | sibling | "
    )
    texts = context(policy, settlements=PAID, family_authorizations=authorized, enrolments="person\nfather")
    evaluation = evaluate(rule(), texts)
    assert evaluation.hits.select("settlement_id", "cause").rows() == [("s2", "relation")]
    assessability = evaluation.assessability
    assert (assessability.status, assessability.rows_judged) == (
        "partial",
        2,
    )  # 2022 for no cause, 2024 for all but one
    assert (
        "“relation not permitted on the day” can be assessed for 1 of 3 settlements"
        in assessability.reason_en
    )
    assert "“亲属关系当日不在允许范围”：3 笔结算中可判断 1 笔" in assessability.reason_zh
    assert evaluate(rule(), aid(policy)).hits["settlement_id"].to_list() == ["s2", "s3"]  # never authorized


PLACES = """
  provider | pooling_area
  p1       | {area}
"""


@pytest.mark.parametrize(("area", "n"), [("320600", 2), ("000000", 2), ("", 2), ("150200", 0)])
def test_this_area_s_policy_applies_to_what_was_settled_here(area: str, n: int) -> None:
    providers = PLACES.format(area=area)
    texts = context(
        None,
        settlements=PAID,
        providers=providers,
        family_authorizations=AUTHORIZED,
        enrolments="person\nson\nfather",
    )
    evaluation = evaluate(rule(), texts)
    assert evaluation.hits.height == evaluation.assessability.rows_judged == n
    assessability = evaluation.assessability
    assert (assessability.status == "not_assessable") == (n == 0)
    assert ("settled in another area: 3" in assessability.reason_en) == (n == 0)
    assert ("在其他统筹地区结算：3 笔" in assessability.reason_zh) == (n == 0)


def test_this_area_s_policy_does_not_apply_to_accounts_of_another() -> None:
    enrolments = "person | pooling_area\nson | 150200"
    evaluation = evaluate(
        rule(), context(None, settlements=PAID, family_authorizations=AUTHORIZED, enrolments=enrolments)
    )
    assert evaluation.hits.is_empty()
    assert "paid by accounts of another area: 3" in evaluation.assessability.reason_en


def test_a_rule_that_needs_no_policy_assesses_every_area() -> None:
    texts = context(None, settlements=PAID, providers=PLACES.format(area="150200"), **ENTITLED)
    assert evaluate(rule("ineligible_person"), texts).assessability.rows_judged == 3


ENTITLED = {"persons": "person | death_date\nfather | 2022-01-01", "enrolments": "person\nfather"}


def test_without_the_policy_of_a_cause_the_others_are_assessed() -> None:
    read = load_policy("320600")
    name = "family_mutual_aid.enrolment_province"
    policy = dataclasses.replace(
        read, parameters={key: dated for key, dated in read.parameters.items() if key != name}
    )
    evaluation = evaluate(rule(), aid(policy))
    assert evaluation.hits["settlement_id"].to_list() == ["s2", "s3"]
    assert f"needs policy {name}" in evaluation.assessability.reason_en


def test_a_cause_that_needs_minutes_is_left_out_alone_where_times_are_days() -> None:
    quiet_accounts = rule("small_sums_from_quiet_accounts")
    world = World.from_rows(settlements=PAID)

    def assessed(*to_the_day: str) -> Assessability:
        tables = world.tables(day_precision=to_the_day)
        where = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
        return assess(quiet_accounts.card, where)[0]

    by_day = assessed("settlements.settled_at")
    assert by_day.status == "partial"
    text = "without “in hours with little trade”: needs settlements.settled_at to the minute"
    assert text in by_day.reason_en
    assert "无法判断“集中在业务清淡时段”：需要精确到分钟的 settlements.settled_at" in by_day.reason_zh
    assert text not in assessed().reason_en


def test_all_that_is_missing_is_named_in_both_languages() -> None:
    evaluation = evaluate(
        rule(), context(load_policy("none"), settlements="settlement | person | settled_at")
    )
    assessability = evaluation.assessability
    assert "needs settlements.mutual_aid_paid" in assessability.reason_en
    assert "needs family_authorizations" in assessability.reason_en
    assert "needs policy family_mutual_aid.requires_authorization" in assessability.reason_en
    assert "缺少数据表 family_authorizations" in assessability.reason_zh


def test_a_card_without_code_can_be_assessed() -> None:
    card_alone = dataclasses.replace(rule(), module=None)
    assert evaluate(card_alone, aid()).hits.is_empty()
    assessability, _ = assess(card_alone.card, aid())
    assert assessability.rows_total == 3


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
class WithAnswer(Detector):
    """A detector whose query is given by a test."""

    answer: Any = None

    @property
    def hits(self) -> Any:
        return lambda context, line: self.answer(context)


def answering(answer: Any) -> Detector:
    return WithAnswer(rule().card, rule().module, answer)


def test_a_column_that_the_card_promises_and_the_code_forgets_is_an_error() -> None:
    with pytest.raises(CardError, match="beneficiary_id"):
        evaluate(answering(lambda context: context.assessable.settlements.select("settlement_id")), aid())


def test_a_cause_that_the_card_does_not_know_is_an_error() -> None:
    def answer(context: DetectorContext) -> nw.LazyFrame[Any]:
        names = ("subject_id", "payer_id", "beneficiary_id")
        return context.assessable.settlements.select(
            "settlement_id", cause=nw.lit("new moon"), **{name: nw.col("person_id") for name in names}
        )

    with pytest.raises(CardError, match="new moon"):
        evaluate(answering(answer), aid())


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("area", ["320600", "150200", "none"])
def test_the_barest_data_and_no_data_at_all_never_raise(name: str, area: str) -> None:
    """One settlement and the required tables, or not a row of these or of all tables: a reason, never a stop."""
    bare = World.from_rows(
        settlements="settlement | person | settled_at\ns1 | li | 2024-03-01 10:00",
        persons="person\nli",
        enrolments="person\nli",
        providers="provider\np1",
    ).tables()
    detector, whole = catalogue()[name], random_world(1)
    for tables in (bare, without_rows(bare), without_rows(whole)):
        data = DetectorContext(tables, Views(tables), load_policy(area), area)
        evaluation = evaluate(detector, data)
        assert evaluation.hits.is_empty()
        assert evaluation.assessability.reason_en or evaluation.assessability.status == "available"
        if detector.evidence is not None and evaluation.assessability.status != "not_assessable":
            assert collect(detector.evidence(data, detector.card.detector_thresholds)).is_empty()


def without_rows(tables: Tables) -> Tables:
    """The same tables and columns, all empty."""
    none = {name: nw.from_native(frame.to_native().head(0)) for name, frame in tables.frames.items()}
    return tables.replacing(**none)


def test_rows_to_verify_are_not_assessed_and_both_figures_say_so() -> None:
    relatives = context(settlements=PAID, family_authorizations=AUTHORIZED, enrolments="person\nson")
    result = evaluate(rule(), relatives).assessability
    assert "verify with the other area (settlements: 2, people: 1)" in result.reason_en
    assert (result.rows_judged, result.rows_total) == (0, 3)
    assert stated(result) == ["0 of 3 settlements"]
    assert "3 笔结算中可判断 0 笔" in result.reason_zh
    assert result.reason_zh.count("中可判断") == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_of_what_was_assessed_agree_in_every_detector(seed: int) -> None:
    tables = random_world(seed)
    world = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    rules = {name: each for name, each in catalogue().items() if each.card.certainty == "deterministic"}
    for name, detector in rules.items():
        result = evaluate(detector, world).assessability
        if result.status == "partial" and stated(result):
            [sentence] = stated(result)
            assert sentence.startswith(f"{result.rows_judged:,} of {result.rows_total:,} "), name
        else:
            assert result.rows_judged in (0, result.rows_total), name


def stated(result: Assessability) -> list[str]:
    """What the reason says of how many rows can be assessed, but for single causes."""
    end = " can be assessed"
    return [each.removesuffix(end) for each in result.reason_en.split("; ") if each.endswith(end)]
