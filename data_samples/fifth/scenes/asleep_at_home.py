"""A small hospital admits people who sleep at home, and shares with them what a bed is worth; some shop meanwhile.

Kind of case: hanging beds; fees and meals are on the bill, the ward is dark, and a card is used across the town.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import nearby, newcomers, suspect
from data_samples.third.dice import chance
from data_samples.third.pace import stretch


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Groups that come in the same week; others of the same wards are ill and stay."""
    hospital = suspect(city, rng, "hospital")
    guests = newcomers(city, rng, number(rng, strength, 3, 26), age=(38, 92), unrelated=chance(rng, 0.5))
    if len(guests) == 0:
        return
    instance = city.instance("hanging_bed_short_stay", strength=strength).subject("provider", hospital)
    instance.member("person", guests)
    weeks = [stretch(city, rng, 16)[0] for _ in range(max(1, round(len(guests) / wide(rng, 1.5, 8.0))))]
    seen, level = portion(rng, strength, 0.15, 0.7), wide(rng, 1_600, 5_500)
    for person in guests.tolist():
        admitted = int(rng.choice(weeks)) + int(rng.integers(0, 6))
        nights = min(several_of(rng, 2, 8), city.period.last_day - admitted)
        total = int(sums(rng, 1, level * 0.8, level * 1.2, 15_000)[0])
        instance.settled(stay(city, rng, person, hospital, admitted, nights, total))
        if nights > 1 and chance(rng, seen):
            at = inside(rng, admitted, admitted + nights, int(rng.integers(1, 4)), 8.0, 20.5)
            shop = nearby(city, rng, person)
            bought = city.settle(rng, person, shop, at, total=sums(rng, len(at), 40, 180), certain=False)
            instance.settled(bought)
    for person in newcomers(city, rng, number(rng, strength, 2, 14)).tolist():
        nights = several_of(rng, 3, 22)
        day = stretch(city, rng, nights + 1)[0]
        stay(city, rng, person, hospital, day, nights, int(sums(rng, 1, 3_000, 9_000, 40_000)[0]))
