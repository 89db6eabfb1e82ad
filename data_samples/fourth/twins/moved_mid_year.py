"""A patient moves to her daughter's across the city, and changes every provider with it; for a while she uses both."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, patient, several
from data_samples.third.pace import since_reform, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Her own drugs all the time; weeks in both homes in between, never two places within an hour."""
    person = patient(city, rng, age=(60, 92), account=True)
    home = nearby(city, rng, person, "clinic")
    away = farthest(city, rng, home, "primary_care")
    near = np.r_[home, nearby(city, rng, person)]
    far = np.r_[away, several(city, rng, 1, "pharmacy", district=int(city.places.district[away]))]
    span = stretch(city, rng, several_of(rng, 120, 450), since_reform(city))
    at = usual(city, rng, habit(rng, span, float(rng.uniform(9, 20))), "other")
    there = rng.random(len(at)) < np.linspace(0.05, 0.95, len(at))
    handles = buy_or_visit(
        city,
        rng,
        person,
        np.where(there, rng.choice(far, len(at)), rng.choice(near, len(at))),
        at,
        desks=np.array([home]),
        total=sums(rng, len(at), 60, 260),
        item=rng.choice(rng.integers(1, 280, 3), len(at)),
        certain=False,
    )
    city.instance("impersonation", lookalike=True).subject("person", person).settled(handles)
