"""What speaks against an alert is checked and written beside it; it lowers a pattern, never a finding."""

from __future__ import annotations

from typing import Any

from support.drafts import AS_OF, a_card, a_draft, evidence, line
from support.world import World

from detection.alerts.checks import Count, sentence
from detection.alerts.counter_evidence import with_counter_evidence
from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Thresholds
from features.tables import Tables

PEOPLE = ("anna", "bo", "cai", "deng")
CARD = a_card(detector="a_rule", certainty="statistical")


def group(**changed: Any) -> AlertDraft:
    """A pattern of four people with four settlements at p1 on the first of March."""
    draft = a_draft("g", settlements=("s1", "s2", "s3", "s4"))
    return a_draft(
        "g",
        settlements=("s1", "s2", "s3", "s4"),
        **{
            "kind": "group",
            "member_ids": PEOPLE,
            "certainty": "statistical",
            "severity": "suspicious",
            "evidence": evidence(draft.alert_id, ("s1", "s2", "s3", "s4")),
            **changed,
        },
    )


def checked(tables: Tables, draft: AlertDraft | None = None, card: Any = CARD) -> tuple[str, dict[str, Any]]:
    """The severity after the checks, and what they said by kind."""
    checks = with_counter_evidence([draft or group()], tables, cards={"a_rule": card}, as_of=AS_OF)[0]
    return checks.severity, {check.kind: check.to_json() for check in checks.explanation.checks}


def employed(*pairs: str, end: str = "") -> str:
    header = "person | employer_id | start_date | end_date"
    rows = [f"{pair.split(':')[0]} | {pair.split(':')[1]} | 2020-01-01 | {end}" for pair in pairs]
    return "\n".join([header, *rows])


def test_half_of_the_people_at_one_employer_lowers_a_pattern_by_one_grade() -> None:
    severity, notes = checked(World.from_rows(enrolments=employed("anna:e1", "bo:e1", "cai:e2")).tables())
    assert severity == "watch"
    assert (notes["same_employer"]["n"], notes["same_employer"]["of"]) == (2, 4)
    assert notes["same_employer"]["effect"] == "lowers grade"
    assert notes["same_employer"]["en"] == "2 of 4 people share an employer."
    assert "4 人中有 2 人" in notes["same_employer"]["zh"]


def test_an_enrolment_that_ended_before_the_period_is_no_reason() -> None:
    severity, notes = checked(
        World.from_rows(enrolments=employed("anna:e1", "bo:e1", end="2024-02-29")).tables()
    )
    assert (severity, notes["same_employer"]["n"]) == ("suspicious", 0)


def test_one_settlement_is_named_in_the_singular() -> None:
    assert sentence("registered_context", Count(1, 1, ("event",))).en == (
        "1 of 1 settlement falls under a registered context (event)."
    )
    assert (
        sentence("registered_context", Count(1, 2)).en
        == "1 of 2 settlements fall under a registered context."
    )


def test_fewer_than_the_line_is_context() -> None:
    five = group(member_ids=(*PEOPLE, "eva"))
    severity, notes = checked(World.from_rows(enrolments=employed("anna:e1", "bo:e1")).tables(), five)
    assert (severity, notes["same_employer"]["effect"]) == ("suspicious", "context")


def test_relatives_are_recorded_by_an_authorization_in_either_direction() -> None:
    tables = World.from_rows(
        family_authorizations="""
          payer | beneficiary
          anna  | bo
          cai   | anna
          deng  | somebody
          deng  | deng
        """
    ).tables()
    _, notes = checked(tables)
    assert (notes["recorded_relatives"]["n"], notes["recorded_relatives"]["of"]) == (3, 4)


def test_relatives_explain_a_meeting_but_not_a_family_account() -> None:
    tables = World.from_rows(family_authorizations="payer | beneficiary\nanna | bo\nanna | cai").tables()
    assert checked(tables)[0] == "watch"
    account = group(kind="payer_account", identity="anna", member_ids=("bo", "cai"))
    severity, notes = checked(tables, account)
    assert severity == "suspicious" and "recorded_relatives" not in notes


def test_a_registered_context_covers_its_person_or_its_provider_on_its_days() -> None:
    tables = World.from_rows(
        registered_contexts="""
          context | kind         | person | provider | from       | to
          c1      | dialysis     | anna   |          | 2024-03-01 | 2024-03-01
          c2      | nursing_home |        | p1       | 2024-01-01 |
          c3      | event        |        | p2       | 2024-01-01 |
          c4      | clinic_day   | anna   | p2       | 2024-01-01 |
          c5      | event        |        |          | 2024-01-01 |
        """
    ).tables()
    severity, notes = checked(tables)
    assert (notes["registered_context"]["n"], notes["registered_context"]["of"]) == (4, 4)
    assert "dialysis, nursing home" in notes["registered_context"]["en"]
    assert "event" not in notes["registered_context"]["en"]
    assert severity == "watch"


def test_a_context_that_is_over_covers_nothing() -> None:
    tables = World.from_rows(
        registered_contexts="context | kind | provider | from | to\nc | event | p1 | 2024-01-01 | 2024-02-29"
    ).tables()
    assert checked(tables)[1]["registered_context"]["n"] == 0


def test_what_the_data_cannot_check_is_stated_and_lowers_nothing() -> None:
    severity, notes = checked(
        World.from_rows(settlements="settlement | settled_at\ns1 | 2024-03-01 10:00").tables()
    )
    assert severity == "suspicious"
    assert notes["same_employer"]["effect"] == "not checked"
    assert "enrolments.employer_id" in notes["same_employer"]["en"]


def test_a_deterministic_finding_keeps_its_grade() -> None:
    finding = group(certainty="deterministic", severity="definite")
    tables = World.from_rows(enrolments=employed(*(f"{person}:e1" for person in PEOPLE))).tables()
    severity, notes = checked(tables, finding)
    assert severity == "definite"
    assert {kind: item["effect"] for kind, item in notes.items()} == {"same_employer": "context"}


def test_a_card_may_draw_its_own_line_and_one_that_lowers_by_itself_is_not_lowered_twice() -> None:
    tables = World.from_rows(enrolments=employed("anna:e1", "bo:e1")).tables()
    stricter = a_card(certainty="statistical", thresholds=Thresholds({"same_employer_lowers": (line(0.75),)}))
    assert checked(tables, card=stricter)[0] == "suspicious"
    own = Thresholds({"explained_partly": (line(0.3),), "grade_lower": (line(2),)})
    severity, notes = checked(tables, card=a_card(certainty="statistical", thresholds=own))
    assert (severity, notes["same_employer"]["effect"]) == ("suspicious", "lowers grade")
