"""Hits become alerts: one per case, its money once, its words with marks for ids."""

from __future__ import annotations

import datetime as dt
import hashlib

import polars as pl
import pytest
from support.drafts import KEY, a_card, line, some_hits
from support.world import World

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.alerts.grade import grade, next_milder
from detection.alerts.law import citations
from detection.alerts.sentences import people_text
from detection.detectors.cards import LANGUAGES, Card, CardText, Cause, LegalBasis, Status, Thresholds
from detection.language.law import Citation
from features.errors import CardError
from features.policy import Policy, PolicyValue

TABLES = World.from_rows(
    settlements="""
      settlement | person | provider | settled_at       | pool_paid | account_paid | mutual_aid_paid | mutual_aid_payer
      s1         | mother | p1       | 2024-03-01 10:00 | 10.00     | 0.50         | 1.25            | son
      s2         | mother | p2       | 2024-03-05 10:00 | 0.00      | 0.00         | 2.00            | son
      s3         | mother | p1       | 2024-03-05 11:00 | 0.10      | 0.00         | 0.00            | son
      s4         | father | p1       | 2024-04-01 10:00 | 0.00      | 0.00         | 9.99            | son
    """,
    providers="""
      provider | provider_kind | district_code
      p1       | pharmacy      | 320602
      p2       | clinic        |
    """,
).tables()
HITS = """
s1 son mother late
s2 son mother late
s2 son mother away
s3 son mother away
s4 son father away
"""


def alerts(
    card: Card, drawing: str = HITS, policy: Policy | None = None, key: bytes = KEY
) -> dict[str, AlertDraft]:
    """Alerts by the beneficiary of their case."""
    drafts = build_alerts(
        card,
        some_hits(drawing),
        TABLES,
        policy=policy or Policy("none"),
        area="320600",
        key=key,
        files=["a.csv"],
    )
    return {draft.subject.member_ids[0]: draft for draft in drafts}


def test_hits_with_the_same_values_of_the_dedup_columns_are_one_case() -> None:
    assert {who: item.evidence.height for who, item in alerts(a_card()).items()} == {"mother": 3, "father": 1}


def test_money_counts_each_settlement_once_however_many_causes_it_meets() -> None:
    mother = alerts(a_card())["mother"]
    assert (mother.money.pool, mother.money.account, mother.money.amount) == (1010, 375, 1385)
    assert mother.explanation.figures["causes"] == {"late": 2, "away": 2}
    assert mother.evidence["cause"].to_list() == ["late", "late", "away"]  # a violation goes before "verify"


def test_a_hit_may_say_that_less_is_at_issue() -> None:
    hits = some_hits("s1 son mother late").with_columns(pool=pl.lit(250, dtype=pl.Int64))
    [alert] = build_alerts(a_card(), hits, TABLES, policy=Policy("none"), area="320600", key=KEY)
    assert (alert.money.pool, alert.money.account) == (250, 175)


def test_period_place_and_rows_come_from_the_evidence() -> None:
    mother = alerts(a_card())["mother"]
    assert (mother.first, mother.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 5))
    assert mother.explanation.figures["days"] == 2
    assert (mother.subject.provider_id, mother.subject.provider_kind, mother.subject.district) == (
        "p1",
        "pharmacy",
        "320602",
    )
    assert mother.evidence["source_file"].to_list() == ["a.csv"] * 3
    assert mother.evidence["source_row"].to_list() == [1, 2, 3]


def test_the_sentence_has_figures_in_it_and_marks_for_ids() -> None:
    mother = alerts(a_card())["mother"]
    assert mother.explanation.seen.en == (
        "3 payments, CN¥13.85 for ⟦payer_account:son⟧ at ⟦provider:p1⟧, 2024-03-01 to 2024-03-05; 2 late, 2 away."
    )
    assert "¥13.85" in mother.explanation.seen.zh and "CN¥" not in mother.explanation.seen.zh


def test_a_sentence_names_three_people_and_counts_the_others() -> None:
    assert people_text(("a",), "en") == "⟦person:a⟧"
    assert people_text(tuple("abcde"), "en") == "⟦person:a⟧, ⟦person:b⟧, ⟦person:c⟧ and 2 more"
    assert people_text(tuple("abcde"), "zh") == "⟦person:a⟧、⟦person:b⟧、⟦person:c⟧ 等 5 人"


def test_a_sentence_with_an_unknown_placeholder_is_an_error_of_the_card() -> None:
    words = CardText("t", "{nobody} fills this", "m", ("i",), ("f",))
    with pytest.raises(CardError, match="nobody"):
        alerts(a_card(words={"en": words, "zh": words}))


def test_the_id_is_the_same_in_every_run_and_does_not_depend_on_the_order_of_hits() -> None:
    turned = "\n".join(reversed(HITS.strip().splitlines()))
    first, second = alerts(a_card()), alerts(a_card(), turned)
    assert {who: item.alert_id for who, item in first.items()} == {
        who: item.alert_id for who, item in second.items()
    }
    assert first == second
    assert all(item.alert_id.startswith("A-") and len(item.alert_id) == 22 for item in first.values())


def test_the_id_cannot_be_tried_against_a_list_of_people_without_the_workspace_s_key() -> None:
    ours, theirs = alerts(a_card()), alerts(a_card(), key=b"another")
    assert not {our.alert_id for our in ours.values()} & {their.alert_id for their in theirs.values()}
    assert {who: item.case_key for who, item in ours.items()} == {
        who: item.case_key for who, item in theirs.items()
    }
    guessed = hashlib.sha256(ours["mother"].case_key.encode()).hexdigest()
    assert ours["mother"].alert_id[2:] not in guessed


def test_no_hits_no_alerts() -> None:
    assert (
        build_alerts(a_card(), some_hits(HITS).clear(), TABLES, policy=Policy("none"), area="none", key=KEY)
        == []
    )


def test_a_card_of_months_says_months() -> None:
    words = dict.fromkeys(LANGUAGES, CardText("t", "{first_month} to {last_month}", "m", ("i",), ("f",)))
    assert alerts(a_card(words=words))["mother"].explanation.seen.en == "2024-03 to 2024-03"


def test_an_alert_on_what_only_others_can_judge_is_information() -> None:
    drafts = alerts(a_card())
    assert (drafts["father"].severity, drafts["mother"].severity) == ("info", "definite")


def duty(status: Status, start: dt.date = dt.date(2020, 1, 1)) -> Policy:
    """A policy of one parameter."""
    return Policy("320600", {}, {"duty": (PolicyValue(start, True, "flag", "S2", status),)})


def graded(policy: Policy | None = None, **changed: object) -> str:
    """The grade of the mother's alert under a card that is changed."""
    return alerts(a_card(**changed), policy=policy)["mother"].severity


def test_definite_needs_every_value_that_decides_to_be_verified() -> None:
    assert graded() == "definite"
    assert graded(duty("verified"), needs_policy=("duty",)) == "definite"
    assert graded(duty("illustrative"), needs_policy=("duty",)) == "highly_suspicious"


@pytest.mark.parametrize("value", [0, 5])
def test_a_threshold_of_zero_counts_as_a_threshold(value: int) -> None:
    assert (
        graded(thresholds=Thresholds({"grace": (line(value, status="illustrative"),)})) == "highly_suspicious"
    )


def test_an_unverified_leniency_leaves_a_finding_definite() -> None:
    """It has only left cases out; but a rule that rests on nothing else rests on nothing."""
    lenient = {"grace": (line(0),), "desk": (line(30, status="illustrative"),)}
    assert graded(thresholds=Thresholds(lenient)) == "highly_suspicious"
    assert graded(thresholds=Thresholds(lenient), leniencies=("desk",)) == "definite"
    assert graded(thresholds=Thresholds(lenient), leniencies=("desk", "grace")) == "highly_suspicious"


def test_nothing_used_is_nothing_verified() -> None:
    assert graded(thresholds=Thresholds({})) == "highly_suspicious"


@pytest.mark.parametrize("day", [dt.date(2024, 3, 2), dt.date(2024, 3, 6)])
def test_definite_needs_a_law_on_the_day_of_every_event(day: dt.date) -> None:
    """The mother's events are of the first and the fifth of March."""
    assert graded(legal_basis=()) == "highly_suspicious"
    assert graded(legal_basis=(LegalBasis("Law", None, day, None),)) == "highly_suspicious"
    assert graded(legal_basis=(LegalBasis("Law", None, dt.date(2024, 3, 1), None),)) == "definite"


def test_the_values_are_those_of_the_causes_that_fired() -> None:
    """``late`` names a line and a policy of its own; those of another cause neither decide nor are shown."""
    late = Cause("late", "violation", "late", "晚", needs_policy=("duty",), thresholds=("grace",))
    early = Cause("early", "violation", "early", "早", thresholds=("hours",))
    card = a_card(
        causes={"late": late, "early": early},
        needs_policy=("duty", "everywhere"),
        thresholds=Thresholds({"grace": (line(0),), "hours": (line(3, status="illustrative"),)}),
        words=dict.fromkeys(LANGUAGES, CardText("t", "{late} {early}", "m", ("i",), ("f",))),
    )
    drawing = "s1 son mother late\ns4 son father early"
    drafts = alerts(card, drawing, duty("verified"))
    assert [used.name for used in drafts["mother"].provenance.values] == ["grace", "duty"]
    assert [used.name for used in drafts["father"].provenance.values] == ["hours"]
    assert (drafts["mother"].severity, drafts["father"].severity) == ("definite", "highly_suspicious")


def test_one_cause_does_not_vouch_for_another() -> None:
    """``early`` rests on nothing that is verified, so that a case which meets it too is not definite."""
    card = a_card(
        causes={
            "late": Cause("late", "violation", "late", "晚", thresholds=("grace",)),
            "early": Cause("early", "violation", "early", "早"),
        },
        words=dict.fromkeys(LANGUAGES, CardText("t", "{late} {early}", "m", ("i",), ("f",))),
    )
    assert alerts(card, "s1 son mother late")["mother"].severity == "definite"
    both = alerts(card, "s1 son mother late\ns2 son mother early")["mother"]
    assert both.severity == "highly_suspicious"


def test_a_statistical_alert_shows_the_latest_thresholds() -> None:
    dated = (line(1, start=dt.date(2020, 1, 1)), line(2, start=dt.date(2030, 1, 1)))
    mother = alerts(a_card(certainty="statistical", thresholds=Thresholds({"grace": dated})))["mother"]
    assert [(used.name, used.value) for used in mother.provenance.values] == [("grace", 2)]


def test_values_used_are_those_in_force_on_the_days_on_which_it_happened() -> None:
    dated = tuple(line(value, start=dt.date(year, 3, 3)) for value, year in ((1, 2020), (2, 2024), (3, 2025)))
    mother = alerts(a_card(thresholds=Thresholds({"grace": dated})))["mother"]
    assert [used.value for used in mother.provenance.values] == [1, 2]  # 1 until 2 March 2024, 2 from the 3rd


def test_the_law_is_that_of_the_days_of_the_events_and_says_which_it_covers() -> None:
    law = (
        LegalBasis("Old law", "Art. 1", dt.date(2020, 1, 1), None),
        LegalBasis("New law", None, dt.date(2024, 3, 2), "320600"),
        LegalBasis("Law to come", None, dt.date(2024, 3, 6), None),
        LegalBasis("Law of elsewhere", None, dt.date(2020, 1, 1), "150200"),
    )
    drafts = alerts(a_card(legal_basis=law))
    old, new = Citation("Old law", "Art. 1"), Citation("New law")
    assert drafts["mother"].explanation.citations == (old, Citation("New law", start=dt.date(2024, 3, 2)))
    assert drafts["father"].explanation.citations == (old, new, Citation("Law to come"))


def test_an_article_that_was_replaced_covers_the_events_until_then() -> None:
    law = tuple(LegalBasis("Law", f"Art. {number}", dt.date(2024, 3, number), None) for number in (1, 3, 5))
    days = [dt.date(2024, 3, day) for day in (2, 4, 6)]
    assert citations(a_card(legal_basis=law), days, "none") == (
        Citation("Law", "Art. 1", end=days[0]),
        Citation("Law", "Art. 3", start=dt.date(2024, 3, 3), end=days[1]),
        Citation("Law", "Art. 5", start=dt.date(2024, 3, 5)),
    )


@pytest.mark.parametrize(
    ("strength", "severity"),
    [(0.1, "info"), (0.5, "watch"), (0.8, "suspicious"), (0.999, "highly_suspicious"), (None, "watch")],
)
def test_a_statistical_alert_is_graded_by_its_strength_and_never_definite(
    strength: float | None, severity: str
) -> None:
    lines = {"watch": 0.5, "suspicious": 0.8, "highly_suspicious": 0.9}
    card = a_card(certainty="statistical", severity=lines)
    assert grade(card, ["late"], strength, settled=True) == severity


def test_the_mildest_grade_stays() -> None:
    assert next_milder("definite") == "highly_suspicious"
    assert next_milder("info") == "info"
