"""Looks like D06 and D19: somebody needs a lot, all the year, and uses the benefit up by it.

Several chronic diseases mean several desks, shops and large packs; or an illness in the last quarter takes at once
what the year allows. The drugs stay the same and last as long as they should.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.second.casting import by_day, near, some_days, written_by
from data_samples.second.draws import amounts, heavies, heavy, how_many, weights_of


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; two ways take turns."""
    years = whole_years(city)
    for number in range(how_many(instances, 70)):
        category = str(rng.choice(["retired", "active", "retired"]))
        patient = int(city.pick_people(rng, 1, categories=[category], age=(40, 95), unrelated=False)[0])
        if number % 2 == 0 or not years:
            handles = _several_diseases(city, rng, patient)
            city.instance("professional_buyer", lookalike=True).subject("person", patient).settled(handles)
            if number % 4 == 0:
                city.register("long_prescription", person=patient, first_day=city.period.first_day)
        else:
            handles = _reaches_the_cap(city, rng, patient, category, years[number % len(years)])
            city.instance("cap_rush", lookalike=True).subject("person", patient).settled(handles)


def _several_diseases(city: Stage, rng: np.random.Generator, patient: int) -> Ints:
    """Each disease has its desk, its one or two drugs and its interval; a spouse's shop is used, too."""
    shops = city.pick_providers(rng, "pharmacy", heavy(rng, 2, 5))
    parts = []
    for _ in range(heavy(rng, 2, 5)):
        desk = near(city, rng, patient, str(rng.choice(["primary_care", "hospital"])))
        every = int(rng.choice([14, 28, 28, 56, 84]))
        days = np.arange(city.period.first_day + int(rng.integers(0, every)), city.period.last_day - 3, every)
        at = by_day(city, rng, days + rng.integers(0, 4, len(days)))
        packs = max(1, every // int(rng.choice([7, 14, 28])))
        item = (
            int(rng.integers(WATCHED_FROM, ITEMS))
            if rng.random() < 0.5
            else int(rng.integers(1, WATCHED_FROM))
        )
        handles = city.settle(
            rng,
            patient,
            rng.choice(shops, len(at)),
            at,
            total=packs * amounts(rng, 1, 45, 0.5)[0] + rng.integers(-40, 41, len(at)),
            item=item,
            lines=1,
            packs=packs,
            supply=every,
            certain=False,
            **written_by(city, rng, np.array(desk), at, 240),
        )
        parts.append(handles)
    return np.concatenate(parts)


def _reaches_the_cap(
    city: Stage, rng: np.random.Generator, patient: int, category: str, year: tuple[int, int]
) -> Ints:
    """All the year at one center, or a course in the autumn, which goes on in the next year."""
    first, end = year
    ill = rng.random() < 0.4
    begin = max(first, end - int(rng.integers(60, 110))) if ill else first
    count = heavy(rng, 12, 40)
    days = some_days(rng, (begin, min(end + 40, city.period.last_day)), count)
    center = near(city, rng, patient, "primary_care")
    whole = cost_of_the_cap(city, category, len(days)) * rng.uniform(0.8, 1.3)
    shares = weights_of(rng, len(days)) if ill else np.full(len(days), 1 / len(days))
    return city.settle(
        rng,
        patient,
        center,
        np.minimum(by_day(city, rng, days, "other"), (city.period.last_day + 1) * DAY - 1),
        care="outpatient",
        total=(whole * shares).astype(np.int64) + heavies(rng, len(days), 100, 3_000),
        in_scope=True,
        certain=False,
        item=int(rng.integers(1, WATCHED_FROM)),
        diagnosis=int(rng.integers(0, 30)),
        doctor=0,
    )
