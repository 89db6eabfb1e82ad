"""Hits become alerts: one per case, its money once, its words with marks for ids."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from alerts.drawn import a_card, line, some_hits

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.alerts.grade import grade, one_lower
from detection.alerts.sentences import money_text, people_text
from detection.cards import Card, LegalBasis, Lines, Words
from detection.cases import world
from features.errors import CardError
from features.policy import Policy, PolicyValue

TABLES = world(
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
)
HITS = """
s1 son mother late
s2 son mother late
s2 son mother away
s3 son mother away
s4 son father away
"""


def alerts(card: Card, drawing: str = HITS, policy: Policy | None = None) -> dict[str, AlertDraft]:
    """Alerts by the beneficiary of their case."""
    drafts = build_alerts(
        card, some_hits(drawing), TABLES, policy=policy or Policy("none"), area="320600", files=["a.csv"]
    )
    return {draft.member_ids[0]: draft for draft in drafts}


def test_hits_with_the_same_values_of_the_dedup_columns_are_one_case() -> None:
    assert {who: one.evidence.height for who, one in alerts(a_card()).items()} == {"mother": 3, "father": 1}


def test_money_counts_each_settlement_once_however_many_causes_it_meets() -> None:
    mother = alerts(a_card())["mother"]
    assert (mother.pool_at_issue, mother.account_at_issue, mother.amount_at_issue) == (1010, 375, 1385)
    assert mother.figures["causes"] == {"late": 2, "away": 2}
    assert mother.evidence["cause"].to_list() == ["late", "late", "away"]  # a violation goes before "verify"


def test_period_place_and_rows_come_from_the_evidence() -> None:
    mother = alerts(a_card())["mother"]
    assert (mother.period_start, mother.period_end, mother.figures["days"]) == ("2024-03-01", "2024-03-05", 2)
    assert (mother.provider_id, mother.provider_kind, mother.district) == ("p1", "pharmacy", "320602")
    assert mother.evidence["source_file"].to_list() == ["a.csv"] * 3
    assert mother.evidence["source_row"].to_list() == [1, 2, 3]


def test_the_sentence_has_figures_in_it_and_marks_for_ids() -> None:
    mother = alerts(a_card())["mother"]
    assert mother.seen_en == (
        "3 payments, CN¥13.85 for ⟦payer_account:son⟧ at ⟦provider:p1⟧, 2024-03-01 to 2024-03-05; 2 late, 2 away."
    )
    assert "¥13.85" in mother.seen_zh and "CN¥" not in mother.seen_zh


def test_money_is_written_to_the_fen_in_both_languages() -> None:
    assert money_text(123456, "en") == "CN¥1,234.56"
    assert money_text(123456, "zh") == "¥1,234.56"
    assert money_text(-5, "en") == "-CN¥0.05"
    assert money_text(900_719_925_474_099_301, "en") == "CN¥9,007,199,254,740,993.01"  # no float holds this


def test_a_sentence_names_three_people_and_counts_the_others() -> None:
    assert people_text(("a",), "en") == "⟦person:a⟧"
    assert people_text(tuple("abcde"), "en") == "⟦person:a⟧, ⟦person:b⟧, ⟦person:c⟧ and 2 more"
    assert people_text(tuple("abcde"), "zh") == "⟦person:a⟧、⟦person:b⟧、⟦person:c⟧等5人"


def test_a_sentence_with_an_unknown_placeholder_is_an_error_of_the_card() -> None:
    words = Words("t", "{nobody} fills this", "m", ("i",), ("f",))
    with pytest.raises(CardError, match="nobody"):
        alerts(a_card(words={"en": words, "zh": words}))


def test_the_id_is_the_same_in_every_run_and_does_not_depend_on_the_order_of_hits() -> None:
    turned = "\n".join(reversed(HITS.strip().splitlines()))
    first, second = alerts(a_card()), alerts(a_card(), turned)
    assert {who: one.alert_id for who, one in first.items()} == {
        who: one.alert_id for who, one in second.items()
    }
    assert first == second
    assert all(one.alert_id.startswith("A-") and len(one.alert_id) == 22 for one in first.values())


def test_no_hits_no_alerts() -> None:
    assert build_alerts(a_card(), some_hits(HITS).clear(), TABLES, policy=Policy("none"), area="none") == []


def test_an_alert_on_what_only_others_can_judge_is_information() -> None:
    found = alerts(a_card())
    assert (found["father"].severity, found["mother"].severity) == ("info", "definite")


@pytest.mark.parametrize("where", ["line", "policy"])
def test_definite_needs_every_value_in_force_to_be_verified(where: str) -> None:
    start = dt.date(2020, 1, 1)
    card = a_card(needs_policy=("duty",), lines=Lines({"grace": (line(0),)}))
    policy = Policy("320600", {}, {"duty": (PolicyValue(start, True, "flag", "S2", "verified"),)})
    assert alerts(card, policy=policy)["mother"].severity == "definite"
    if where == "line":
        untold = replace(card, lines=Lines({"grace": (line(0, status="illustrative"),)}))
        assert alerts(untold, policy=policy)["mother"].severity == "definite"  # no grace is no decision
        card = replace(card, lines=Lines({"grace": (line(5, status="illustrative"),)}))
    else:
        policy = Policy("320600", {}, {"duty": (PolicyValue(start, True, "flag", "S2", "illustrative"),)})
    assert alerts(card, policy=policy)["mother"].severity == "highly_suspicious"


def test_values_used_are_those_in_force_while_it_happened() -> None:
    drawn = tuple(line(value, start=dt.date(year, 3, 3)) for value, year in ((1, 2020), (2, 2024), (3, 2025)))
    used = alerts(a_card(lines=Lines({"grace": drawn})))["mother"].values_used
    assert [one["value"] for one in used["grace"]] == [1, 2]  # 1 until 2 March 2024, 2 from the 3rd


def test_the_law_is_that_of_the_days_of_the_events() -> None:
    law = (
        LegalBasis("Old law", "Art. 1", dt.date(2020, 1, 1), None),
        LegalBasis("New law", None, dt.date(2024, 3, 2), "320600"),
        LegalBasis("Law of elsewhere", None, dt.date(2020, 1, 1), "150200"),
    )
    assert alerts(a_card(legal_basis=law))["mother"].legal_basis == ("Old law, Art. 1", "New law")


@pytest.mark.parametrize(
    ("strength", "severity"),
    [(0.1, "info"), (0.5, "watch"), (0.8, "suspicious"), (0.999, "highly_suspicious"), (None, "watch")],
)
def test_a_statistical_alert_is_graded_by_its_strength_and_never_definite(
    strength: float | None, severity: str
) -> None:
    lines = {"watch": 0.5, "suspicious": 0.8, "highly_suspicious": 0.9}
    card = a_card(certainty="statistical", severity=lines)
    assert grade(card, ["late"], strength, verified=True) == severity


def test_one_lower_ends_at_info() -> None:
    assert one_lower("definite") == "highly_suspicious"
    assert one_lower("info") == "info"
