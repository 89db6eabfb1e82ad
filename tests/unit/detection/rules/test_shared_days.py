"""Bills of a day that several prescribers share: a place is raised where many people have them, and no person is."""

from __future__ import annotations

import datetime as dt

from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy

_START = dt.date(2024, 1, 3)
_PLACES, _VISITS = 8, 120


def raised(*, people: int = 8, prescribers: int = 3, everywhere: bool = False) -> set[tuple[str, str]]:
    """Subject and cause, where so many people have days of three bills alike at one of eight clinics."""
    bills = []

    def bill(name: str, person: str, place: int, day: int, doctor: int, yuan: int) -> None:
        at = _START + dt.timedelta(days=day)
        bills.append(f"{name} | {person} | c{place} | d{place}-{doctor} | outpatient | {at} | {yuan}.00")

    for place in range(_PLACES):
        for visit in range(_VISITS):
            bill(f"v{place}-{visit}", f"u{place}-{visit % 40}", place, 2 * visit, visit % 4, 20 + 7 * visit)
        for day in range(8 if everywhere or not place else 0):
            for part in range(3):
                person = f"s{place}-{day % people}"
                bill(f"s{place}-{day}-{part}", person, place, 9 * day + 1, part % prescribers, 195 + part)
    header = "settlement | person | provider | prescriber | care_type | settled_at | total_amount"
    tables = World.from_rows(
        settlements="\n".join([header, *bills]),
        providers="\n".join(
            ["provider | provider_kind", *(f"c{place} | clinic" for place in range(_PLACES))]
        ),
    ).tables()
    detector = catalogue()["split_prescription__days"]
    assert detector.hits is not None
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    hits = detector.hits(context, detector.card.detector_thresholds).to_native().collect()
    return set(hits.select("subject_id", "cause").iter_rows())


def test_days_that_several_prescribers_share_are_raised() -> None:
    assert raised() == {("c0", "several_prescribers")}


def test_a_single_patient_with_such_days_is_not() -> None:
    assert raised(people=1) == set()


def test_what_all_places_do_is_not() -> None:
    assert raised(everywhere=True) == set()


def test_days_of_one_prescriber_keep_their_own_sign() -> None:
    assert raised(prescribers=1) == {("c0", "many_people")}
