"""The village doctor fetches the monthly medicine of those who cannot walk to town, with their cards and consent."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import thinned
from data_samples.third.goods import prescribed
from data_samples.third.pace import queue, since_reform, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each card pays its owner's own drug, about every four weeks; the errand is registered."""
    shop, desk = host(city, rng), host(city, rng, "clinic")
    patients = neighbors(city, rng, several_of(rng, 5, 40), desk, age=(60, 99))
    span = stretch(city, rng, several_of(rng, 120, 480), since_reform(city))
    errands = np.unique(np.maximum(on_workdays(habit(rng, span, float(rng.uniform(26, 33)))), span[0]))
    item, price = rng.integers(1, 280, len(patients)), sums(rng, len(patients), 50, 300)
    instance = about(city, city.instance("card_concentration", lookalike=True), shop)
    instance.member("person", patients)
    for day in errands.tolist():
        rows = rng.permutation(thinned(rng, np.arange(len(patients)), 0.85, 2))
        at = queue(rng, day * DAY + second(float(rng.uniform(9, 15))), len(rows), 1.6)
        order = prescribed(city, rng, desk, at, minutes=(200, 2_500))
        instance.settled(
            city.settle(
                rng, patients[rows], shop, at, total=price[rows], item=item[rows], certain=False, **order
            )
        )
    city.register("agent_purchase", provider=shop, first_day=span[0], last_day=span[1])
