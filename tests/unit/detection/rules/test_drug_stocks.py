"""Stocks of drugs that are not dear, and buyers who take turns between drugs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy

_START = dt.date(2024, 1, 2)
_USERS = 40


@dataclass(frozen=True)
class Round:
    """Purchases of a drug: every so many days, at these places in turn."""

    person: str
    drug: str
    places: Sequence[str]
    times: int
    every: int
    packs: int
    yuan: int
    supply: int | None = None
    care: str = "outpatient"


def usual() -> list[Round]:
    """Chronic patients: a pack a month at one place, of a drug that costs more than what is looked for."""
    return [Round(f"u{n:02d}", "usual", [f"p{n % 4}"], 7, 28 + n % 6, 1, 500, 30) for n in range(_USERS)]


def subjects(detector: str, rounds: Sequence[Round], *, alone: bool = False) -> set[str]:
    """Whom a detector finds among the chronic patients and these buyers, or among these alone."""
    settlements, lines = [], []
    for each in [*([] if alone else usual()), *rounds]:
        for time in range(each.times):
            name = f"{each.person}{each.drug}{time}"
            day = _START + dt.timedelta(days=time * each.every)
            place = each.places[time % len(each.places)]
            settlements.append(
                f"{name} | {each.person} | {place} | {day} 09:00 | {each.yuan}.00 | {each.care}"
            )
            supply = "" if each.supply is None else each.supply
            lines.append(f"{name} | {each.drug} | drug | {each.packs} | {each.yuan}.00 | {supply}")
    tables = World.from_rows(
        settlements="\n".join(
            ["settlement | person | provider | settled_at | total_amount | care_type", *settlements]
        ),
        charge_lines="\n".join(
            ["settlement | item_code | item_kind | quantity | amount | days_supply", *lines]
        ),
        item_reference="item_code | watch_list\nw1 | true\nw2 | true\nusual | false\ncheap | false",
    ).tables()
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    chosen = catalogue()[detector]
    assert chosen.hits is not None
    hits = chosen.hits(context, chosen.card.detector_thresholds).to_native().collect()
    return set(hits["subject_id"].to_list())


@pytest.mark.parametrize(("supply", "alerted"), [(60, {"yan"}), (20, set())])
def test_a_stock_of_a_drug_that_is_not_dear_counts(supply: int, alerted: set[str]) -> None:
    """Sixty days of supply every fifteen days, or twenty, of a cheap drug at a single place."""
    yan = Round("yan", "cheap", ["p0"], 9, 15, 4, 130, supply)
    assert subjects("oversupply", [yan]) == alerted


def test_treatment_of_a_month_leaves_no_stock() -> None:
    """Six times a fortnight's supply within a few weeks is four days a day, and less than a long prescription."""
    assert subjects("oversupply", [Round("yan", "cheap", ["p0"], 7, 5, 2, 200, 15)]) == set()


@pytest.mark.parametrize(("supply", "alerted"), [(60, {"yan"}), (13, set())])
def test_what_a_special_programme_gives_to_take_home_counts(supply: int, alerted: set[str]) -> None:
    """Two months of supply every fortnight are a stock; less than two weeks of it are given for a session."""
    yan = Round("yan", "dear", ["p0"], 9, 3 if supply < 14 else 15, 4, 2000, supply, "special_outpatient")
    assert subjects("oversupply", [yan]) == alerted


@pytest.mark.parametrize(("other_places", "alerted"), [(["p1", "p2", "p3"], {"mei"}), (["p1"], set())])
def test_watched_drugs_that_a_buyer_takes_in_turn_are_added_up(
    other_places: list[str], alerted: set[str]
) -> None:
    """What stands out costs 1,600 yuan; with the other watched drug, fetched all over the town, it is 2,400."""
    mei = [
        Round("mei", "w1", ["p0", "p1", "p2", "p3"], 8, 14, 6, 200),
        Round("mei", "w2", other_places, 4, 25, 4, 200),
    ]
    assert subjects("professional_buyer", mei) == alerted


@pytest.mark.parametrize("detector", ["high_risk_drug_watch", "oversupply"])
def test_where_no_drug_has_a_long_use_no_person_is_beyond_it(detector: str) -> None:
    """A short export: two watched drugs in turn, many packs, and nobody who says what is usual."""
    places = ["p0", "p1", "p2"]
    buyer = [Round("yan", drug, places, 3, 20, 9, 900, 90) for drug in ("w1", "w2")]
    assert subjects(detector, buyer, alone=True) == set()
