"""Evidence about family accounts next to the alerts, and what a rule reads of times that are not precise."""

from __future__ import annotations

import polars as pl
import pytest
from support.cases import policy_of, tables_of
from support.world import World

from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views, collect
from features.family.authorizations import authorized_spans
from features.policy import load_policy
from features.tables import Tables
from models.evidence.unit import ALERT, MOST

POLICY = load_policy("320600")


def case(card: Card, name: str) -> Tables:
    return tables_of(next(each for each in card.cases if each["name"] == name))


def evidence(detector: str, tables: Tables) -> pl.DataFrame:
    of_subjects = catalogue()[detector].evidence
    assert of_subjects is not None
    context = DetectorContext(tables, Views(tables), policy_of({}, POLICY), "320600")
    return collect(of_subjects(context, catalogue()[detector].card.detector_thresholds))


@pytest.mark.parametrize(
    ("detector", "name", "subject"),
    [
        ("family_hub", "children older than their mother", ("payer_account", "li")),
        ("family_collector", "parents younger than their son", ("person", "zhou")),
    ],
)
def test_only_the_subject_of_a_case_has_evidence(detector: str, name: str, subject: tuple[str, str]) -> None:
    rows = evidence(detector, case(catalogue()[detector].card, name))
    assert rows.select("subject_kind", "subject_id").rows() == [subject]
    assert ALERT <= rows["value"].item() <= MOST
    assert rows["observed"].item() == 6
    assert 1 < rows["expected"].item() < 2


@pytest.mark.parametrize("detector", ["family_hub", "family_collector", "unlisted_premium"])
def test_no_data_give_no_evidence(detector: str) -> None:
    assert evidence(detector, World.from_rows(settlements="settlement | person").tables()).is_empty()


def test_the_account_of_a_premium_is_a_subject_too() -> None:
    name = "a contribution for somebody who is no recorded relative"
    rows = evidence("unlisted_premium", case(catalogue()["unlisted_premium"].card, name))
    assert rows.select("subject_kind", "subject_id").rows() == [("payer_account", "li")]
    assert rows["value"].item() > 0


def test_premiums_to_be_verified_are_no_evidence() -> None:
    entries = """
      entry | account | posted_at        | entry_kind | amount  | balance_after | premium_kind | beneficiary
      e1    | li      | 2023-11-02 10:00 | premium    | -120.00 | 780.00        | unknown      |
    """
    world = World.from_rows(account_entries=entries, family_authorizations="payer | beneficiary")
    assert evidence("unlisted_premium", world.tables()).is_empty()


def test_contributions_are_compared_with_a_register_only_where_there_is_one() -> None:
    entries = """
      entry | account | posted_at        | entry_kind | amount  | balance_after | premium_kind | beneficiary
      e1    | li      | 2023-11-02 10:00 | premium    | -120.00 | 780.00        | resident     | child
    """
    assert evidence("unlisted_premium", World.from_rows(account_entries=entries).tables()).is_empty()


def test_an_end_at_midnight_is_the_end_of_its_day_and_the_next_begins_later() -> None:
    tables = World.from_rows(
        family_authorizations="""
          payer | beneficiary | valid_from       | valid_to
          li    | son         | 2024-01-01 09:00 | 2024-01-31 00:00
          li    | son         | 2024-02-10 09:00 | 2024-02-20 12:00
          li    | son         | 2024-03-01 09:00 |
        """
    ).tables()
    spans = collect(authorized_spans(tables.family_authorizations)).sort("begin")
    day = 24 * 60
    assert (spans["end"][0] + 1) % day == 0
    assert spans["end"][1] % day == 12 * 60
    assert spans["end"][2] is None
    assert spans["next_day"].to_list() == [*spans["valid_from_day"].to_list()[1:], None]
