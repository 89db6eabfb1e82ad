"""D09: settled and reversed within minutes, again and again, for one person or at one counter."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Two of three instances are about one person, the third about one counter of a pharmacy."""
    for number in range(instances):
        if number % 3 == 2:
            _one_counter(city, rng)
        else:
            _one_person(city, rng)


def _one_person(city: Stage, rng: np.random.Generator) -> None:
    """Eight to sixteen loops of one card at one pharmacy, two or more on a day, for the same item."""
    person = city.pick_people(rng, 1, account=True, age=(22, 85))
    pharmacy = city.pick_providers(rng, "pharmacy", district=int(city.people.district[person[0]]))[0]
    loops = int(rng.integers(8, 17))
    first = int(rng.integers(city.period.first_day, city.period.last_day - 40))
    days = np.sort(rng.choice(city.days(rng, loops // 2, first, first + 35), loops))
    at = days * DAY + rng.integers(second(9), second(20), loops)
    total = rng.integers(8_000, 30_000) + rng.integers(-200, 201, loops)
    handles = city.settle(
        rng, person[0], pharmacy, at, total=total, in_scope=True, item=int(rng.integers(1, 280)), counter=0
    )
    city.reverse(handles, at + rng.integers(1 * MINUTE, 9 * MINUTE, loops))
    city.instance("refund_resettle_loop").subject("person", person).member("provider", pharmacy).settled(
        handles
    )


def _one_counter(city: Stage, rng: np.random.Generator) -> None:
    """Fifteen to thirty cards at one counter within ten days, each settled and reversed."""
    pharmacy = city.pick_providers(rng, "pharmacy", subject=True)[0]
    cards = city.pick_people(
        rng, int(rng.integers(8, 13)), account=True, district=int(city.places.district[pharmacy])
    )
    instance = city.instance("refund_resettle_loop").subject("provider", pharmacy).member("person", cards)
    first = int(rng.integers(city.period.first_day, city.period.last_day - 12))
    person = np.repeat(cards, 2)
    at = rng.integers(first, first + 10, len(person)) * DAY + rng.integers(second(9), second(20), len(person))
    # The second loop of a card follows the first within the hour.
    at[1::2] = at[::2] + rng.integers(12 * MINUTE, 45 * MINUTE, len(cards))
    total = rng.integers(6_000, 25_000, len(cards)).repeat(2)
    handles = city.settle(rng, person, pharmacy, at, total=total, in_scope=True, counter=1)
    city.reverse(handles, at + rng.integers(1 * MINUTE, 8 * MINUTE, len(person)))
    instance.settled(handles)
