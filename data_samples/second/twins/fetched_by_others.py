"""Looks like D08 and D23: a carer or a child fetches medicine for somebody who is elsewhere.

The patient sees a doctor in town, or lies in hospital and pays there for an examination that the ward ordered, while
somebody with the electronic credential buys the usual drug near home. Some agents are registered.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import far_from
from data_samples.second.casting import near, some_days, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the two ways take turns."""
    for number in range(how_many(instances, 60)):
        patient = int(city.pick_people(rng, 1, age=(55, 100), unrelated=False)[0])
        (_while_at_the_doctor, _ordered_by_the_ward)[number % 2](city, rng, patient)
        if number % 4 < 2:
            city.register("agent_purchase", person=patient, first_day=city.period.first_day)


def _while_at_the_doctor(city: Stage, rng: np.random.Generator, patient: int) -> None:
    home = near(city, rng, patient, "pharmacy")
    doctor = far_from(city, rng, home, str(rng.choice(["hospital", "primary_care"])), 12.0)
    days = some_days(rng, window(city, rng, 200), heavy(rng, 1, 5))
    at = days * DAY + rng.integers(9 * 60, 16 * 60, len(days)) * MINUTE
    visit = city.settle(rng, patient, doctor, at, care="outpatient", credential=1, certain=False)
    soon = heavies(rng, len(days), 4, 90, 0.5) * MINUTE * rng.choice([-1, 1], len(days))
    bought = city.settle(rng, patient, home, at + soon, credential=0, channel="online", certain=False)
    instance = city.instance("impossible_travel", lookalike=True).subject("person", patient)
    instance.settled(np.concatenate([visit, bought]))


def _ordered_by_the_ward(city: Stage, rng: np.random.Generator, patient: int) -> None:
    """Only on the days of admission and discharge does anybody settle elsewhere; in between it is paid in cash."""
    hospital = int(city.pick_providers(rng, "hospital")[0])
    nights = heavy(rng, 3, 20)
    admitted = window(city, rng, nights + 1)[0]
    discharged = admitted + nights
    if discharged > city.period.last_day:
        return
    stay = np.array([discharged * DAY + 9 * 60 * MINUTE])
    city.settle(rng, patient, hospital, stay, care="inpatient", admitted=admitted, certain=False)
    pharmacy = near(city, rng, patient, "pharmacy")
    before = admitted * DAY + np.array([int(rng.integers(8 * 60, 10 * 60)) * MINUTE])
    after = discharged * DAY + np.array([int(rng.integers(11 * 60, 19 * 60)) * MINUTE])
    edges = np.concatenate([before, after])[: int(rng.integers(1, 3))]
    bought = city.settle(rng, patient, pharmacy, edges, certain=False)
    examined = city.settle(
        rng,
        patient,
        int(city.pick_providers(rng, "hospital")[0]),
        (admitted + 1) * DAY + np.array([11 * 60 * MINUTE]),
        care="outpatient",
        purse="cash",
        total=(examination := amounts(rng, 1, 260, 0.5)),
        in_scope=True,
        outside=examination,
    )
    instance = city.instance("inpatient_outpatient_overlap", lookalike=True).subject("person", patient)
    instance.settled(np.concatenate([bought, examined]))
