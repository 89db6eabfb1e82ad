"""A new cashier presses the wrong key: the bill is taken back minutes later, and settled again as it should be."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after, bursts, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different patients, once each; nothing is left open at the end of the visit."""
    place = host(city, rng, str(rng.choice(["hospital", "primary_care"])))
    span = stretch(city, rng, several_of(rng, 10, 60), since_reform(city))
    days = np.maximum(on_workdays(bursts(rng, span, several_of(rng, 4, 40))), span[0])
    people = passers_by(city, rng, 2 * len(days), place)
    days = days[: len(people)]
    who = rng.permutation(people)[: len(days)]
    at = between(rng, days, 8.0, 16.0)
    counter = int(rng.integers(city.places.counters[place]))
    total = sums(rng, len(at), 60, 300)
    wrong = city.settle(rng, who, place, at, care="outpatient", total=total * 10, counter=counter)
    back = after(rng, at, 1, 12)
    city.reverse(wrong, back)
    right = city.settle(
        rng,
        who,
        place,
        after(rng, back, 0.5, 6),
        care="outpatient",
        total=total,
        counter=counter,
        certain=False,
    )
    instance = about(city, city.instance("refund_resettle_loop", lookalike=True), place)
    instance.settled(wrong).settled(right)
