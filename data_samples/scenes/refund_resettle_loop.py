"""D09: settled and reversed within minutes, again and again, for one person or at one counter."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one card or one counter; every third is a counter."""
    for number, strength in enumerate(city.strengths(rng, instances)):
        way = _one_counter if number % 3 == 2 else _one_person
        way(city, rng, city.ranges("refund_resettle_loop", strength))


def _one_person(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Loops of one card at one pharmacy, two or more on a day, for the same item."""
    person = city.pick_people(rng, 1, account=True, age=(22, 85))
    pharmacy = city.pick_providers(rng, "pharmacy", district=int(city.people.district[person[0]]))[0]
    loops, span = ranges.count(rng, "loops"), ranges.count(rng, "span", city.period.days - 5)
    first = int(rng.integers(city.period.first_day, city.period.last_day - span))
    days = np.sort(rng.choice(city.days(rng, min(loops // 2, span), first, first + span - 1), loops))
    at = days * DAY + rng.integers(second(9), second(20), loops)
    price = int(ranges.fen(rng, "price", 1)[0])
    handles = city.settle(
        rng,
        person[0],
        pharmacy,
        at,
        total=ranges.around(rng, "uneven", price, loops),
        in_scope=True,
        item=int(rng.integers(1, 280)),
        counter=0,
    )
    city.reverse(handles, at + _minutes(rng, loops, ranges))
    instance = city.instance("refund_resettle_loop", strength=ranges.strength).subject("person", person)
    instance.member("provider", pharmacy).settled(handles)


def _one_counter(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Cards at one counter within some days, each settled and reversed, most of them more than once."""
    pharmacy = city.pick_providers(rng, "pharmacy", subject=True)[0]
    district = int(city.places.district[pharmacy])
    cards = city.pick_people(rng, ranges.people(rng, "cards"), account=True, district=district)
    instance = city.instance("refund_resettle_loop", strength=ranges.strength).subject("provider", pharmacy)
    instance.member("person", cards)
    span = ranges.count(rng, "span", city.period.days - 5)
    first = int(rng.integers(city.period.first_day, city.period.last_day - span))
    each = ranges.counts(rng, "each", len(cards))
    person, nth = np.repeat(cards, each), np.concatenate([np.arange(count) for count in each])
    begin = rng.integers(first, first + span, len(cards)) * DAY
    begin += rng.integers(second(9), second(18), len(cards))
    # The next loop of a card follows within the hour.
    at = np.repeat(begin, each) + nth * 45 * MINUTE - np.minimum(nth, 1) * rng.integers(0, MINUTE, len(nth))
    total = np.repeat(ranges.fen(rng, "price", len(cards)), each)
    handles = city.settle(rng, person, pharmacy, at, total=total, in_scope=True, counter=1)
    city.reverse(handles, at + _minutes(rng, len(at), ranges))
    instance.settled(handles)


def _minutes(rng: np.random.Generator, loops: int, ranges: Ranges) -> Ints:
    """Seconds until each is reversed."""
    seconds: Ints = ranges.counts(rng, "minutes", loops) * MINUTE + rng.integers(0, MINUTE, loops)
    return seconds
