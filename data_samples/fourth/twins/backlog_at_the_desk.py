"""A clerk enters the paper bills of a village by hand on some afternoons, because the line there fails."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Many people, each once or twice, sums as they come; one counter, hours after closing included."""
    place = host(city, rng, "primary_care")
    counter = int(rng.integers(city.places.counters[place]))
    first = since_reform(city)
    span = stretch(city, rng, several_of(rng, 20, 200), first)
    days = np.unique(np.maximum(on_workdays(bursts(rng, span, several_of(rng, 3, 20))), span[0]))
    at = between(rng, np.repeat(days, 1 + rng.poisson(float(rng.uniform(2, 9)), len(days))), 13.0, 18.8)
    people = passers_by(city, rng, 2 * len(at), place)
    handles = city.settle(
        rng,
        rng.permutation(people)[np.arange(len(at)) % len(people)],
        place,
        at,
        care="outpatient",
        total=sums(rng, len(at), 60, 300),
        counter=counter,
        certain=False,
        **by_hand(rng, at, (1, 25), first),
    )
    about(city, city.instance("insider_operation", lookalike=True), place).settled(handles)
