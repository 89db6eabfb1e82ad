"""Looks like D23: settlements near a stay, or within it by the time of settlement only.

Care on the days of admission and discharge; care before the stay that the clinic settles during it; a purchase made
before and returned meanwhile; an examination elsewhere, ordered by the ward's doctor, that is outside the catalogue
and paid by the patient.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, in_hours


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one stay; the four ways take turns."""
    ways = (_on_the_edges, _settled_late, _returned, _examined_elsewhere)
    for number in range(instances):
        patient = int(city.pick_people(rng, 1, account=True, age=(30, 95))[0])
        hospital = int(city.pick_providers(rng, "hospital")[0])
        start, end = a_month(city, rng)
        length = city.ranges("around_a_stay").count(rng, "nights")
        # A week is left for what happens before the admission.
        admitted = int(rng.integers(start + 6, end - length + 1))
        stay = np.array([admitted, admitted + length])
        at = in_hours(rng, stay[1], 9, 12)
        city.settle(
            rng,
            patient,
            hospital,
            at,
            care="inpatient",
            admitted=admitted,
            certain=False,
        )
        instance = city.instance("inpatient_outpatient_overlap", lookalike=True).subject("person", patient)
        instance.settled(ways[number % len(ways)](city, rng, patient, hospital, stay))


def _on_the_edges(city: Stage, rng: np.random.Generator, patient: int, hospital: int, stay: Ints) -> Ints:
    """Seen at the outpatient desk before admission, and drugs bought on the way home."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))[0])
    before = in_hours(rng, stay[0], 8, 11)
    seen = city.settle(
        rng,
        patient,
        hospital,
        before,
        care="outpatient",
        certain=False,
    )
    bought = city.settle(rng, patient, pharmacy, in_hours(rng, stay[1], 14, 20), certain=False)
    return np.concatenate([seen, bought])


def _settled_late(city: Stage, rng: np.random.Generator, patient: int, _hospital: int, stay: Ints) -> Ints:
    """A clinic settles the visits of the days before when the patient is already in hospital."""
    clinic = int(city.pick_providers(rng, "clinic", district=int(city.people.district[patient]))[0])
    served = city.days(
        rng, city.ranges("around_a_stay").count(rng, "days"), int(stay[0]) - 3, int(stay[0]) - 1
    )
    at = in_hours(rng, np.repeat(stay[0] + 1, len(served)), 18, 21)
    return city.settle(rng, patient, clinic, at, care="outpatient", served=served, doctor=0, prescribed=-1)


def _returned(city: Stage, rng: np.random.Generator, patient: int, _hospital: int, stay: Ints) -> Ints:
    """Drugs bought in the days before, which the family takes back during the stay."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))[0])
    days = city.days(rng, city.ranges("around_a_stay").count(rng, "days"), int(stay[0]) - 5, int(stay[0]) - 1)
    handles = city.settle(rng, patient, pharmacy, in_hours(rng, days, 9, 19))
    city.reverse(handles, in_hours(rng, np.repeat(stay[0] + 2, len(days)), 9, 18))
    return handles


def _examined_elsewhere(
    city: Stage, rng: np.random.Generator, patient: int, hospital: int, stay: Ints
) -> Ints:
    """One examination outside the catalogue at another hospital; neither fund nor account pays for it."""
    others = city.pick_providers(rng, "hospital", 2)
    other = int(others[0] if others[0] != hospital else others[1])
    at = in_hours(rng, rng.integers(stay[0] + 1, stay[1]), 9, 16)
    fen = int(city.ranges("around_a_stay").fen(rng, "price", 1)[0])
    return city.settle(
        rng,
        patient,
        other,
        at,
        care="outpatient",
        total=fen,
        in_scope=True,
        outside=fen,
        purse="cash",
        desk=hospital,
        doctor=int(rng.integers(0, city.places.doctors[hospital])),
        prescribed=at - 90 * MINUTE,
    )
