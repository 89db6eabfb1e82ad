"""Items for everybody: what innocent places look like, and what is left out."""

from __future__ import annotations

import datetime as dt

from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy

_START = dt.date(2024, 1, 3)
_PLACES, _ITEMS, _MORE = 6, 24, 18


def raised(
    *,
    items: int = 3,
    months: int = 18,
    yuan: int = 50,
    people: int = _MORE,
    rare: bool = False,
    registered: bool = False,
    together: bool = False,
    dear_everywhere: bool = False,
) -> set[str]:
    """Who is raised, where at one of six pharmacies each of so many items has so many customers more, at a price."""
    bills, lines = [], []

    def bill(name: str, place: int, day: int, item: str, yuan: int = 50) -> None:
        at = _START + dt.timedelta(days=day)
        bills.append(f"{name} | of-{name} | p{place} | pharmacy | {at} 10:00 | {yuan}.00 | 20.00")
        lines.append(f"{name} | {item} | drug | 1 | {yuan}.00")

    for place in range(_PLACES):
        for item in range(_ITEMS):
            price = yuan if dear_everywhere and not item else 50
            bill(f"p{place}-{item}", place, 30 * (item % 10) + item % 20, f"g{item}", price)
    for item in range(items):
        for number in range(people):
            name = f"only-here-{item}" if rare else f"g{item}"
            if together and item:
                lines.append(f"x0-{number} | {name} | drug | 1 | 50.00")
            else:
                bill(f"x{item}-{number}", 0, 30 * (number % months) + number, name, yuan)
    contexts = "context | kind | provider | from | to"
    if registered:
        contexts += "\nsale | event | p0 | 2024-01-01 | 2024-12-31"
    tables = World.from_rows(
        settlements="\n".join(
            ["settlement | person | provider | care_type | settled_at | total_amount | pool_paid", *bills]
        ),
        charge_lines="\n".join(["settlement | item_code | item_kind | quantity | amount", *lines]),
        providers="\n".join(
            ["provider | provider_kind", *(f"p{place} | pharmacy" for place in range(_PLACES))]
        ),
        registered_contexts=contexts,
    ).tables()
    detector = catalogue()["substitution"]
    assert detector.hits is not None
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    hits = detector.hits(context, detector.card.detector_thresholds).to_native().collect()
    return set(hits["subject_id"].to_list())


def test_common_items_that_stay_for_months_are_raised() -> None:
    assert raised() == {"p0"}


def test_one_thing_alone_is_not() -> None:
    assert raised(items=1) == set()


def test_a_wave_or_a_sale_is_not() -> None:
    assert raised(months=2) == set()


def test_an_assortment_of_its_own_is_not() -> None:
    assert raised(rare=True) == set()


def test_a_registered_event_is_not() -> None:
    assert raised(registered=True) == set()


def test_a_treatment_and_its_materials_are_one_thing() -> None:
    assert raised(together=True) == set()


def test_a_dear_item_alone_is_raised() -> None:
    assert raised(items=1, yuan=240) == {"p0"}


def test_a_dear_item_is_raised_within_the_weeks_of_a_festival() -> None:
    assert raised(items=1, yuan=240, months=2) == {"p0"}


def test_an_item_that_is_dear_everywhere_is_not() -> None:
    assert raised(items=1, yuan=240, dear_everywhere=True) == set()


def test_a_dear_item_of_few_people_is_not() -> None:
    assert raised(items=1, yuan=240, people=3) == set()
