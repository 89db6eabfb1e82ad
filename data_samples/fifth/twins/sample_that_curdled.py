"""A test is done again after three days, long before it may be: the first sample had curdled, and its bill is undone.

The auditor: the laboratory's book has the spoiled sample, the money went back the same day, and one result was paid.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import limited
from data_samples.third.pace import between, every_day, since_reform, stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some patients of a week or two."""
    center = host(city, rng, str(rng.choice(["primary_care", "hospital"])))
    people = rng.permutation(passers_by(city, rng, several_of(rng, 3, 30), center))
    span = stretch(city, rng, several_of(rng, 14, 50), since_reform(city))
    first_days = every_day((span[0], max(span[0], span[1] - 9)))
    days = rng.choice(first_days, len(people))
    test, price = limited(rng, "test"), sums(rng, 1, 45, 140)
    at = between(rng, days, 7.8, 11.0)
    spoiled = city.settle(
        rng, people, center, at, care="outpatient", total=price, item=test, lines=1, packs=1
    )
    city.reverse(spoiled, after(rng, at, 100, 400))
    again = between(rng, np.minimum(days + rng.integers(2, 9, len(days)), span[1]), 7.8, 11.0)
    again = np.maximum(again, at + 500 * 60)
    handles = city.settle(
        rng, people, center, again, care="outpatient", total=price, item=test, lines=1, packs=1, certain=False
    )
    instance = about(city, city.instance("over_frequency_test", lookalike=True), center)
    instance.settled(spoiled).settled(handles)
