"""A daughter fetches her old father's medicine near her office while he sees his own doctor at home."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import closest, farthest, nearby, patient
from data_samples.third.dice import chance
from data_samples.third.goods import prescribed
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """With both identity cards; registered as agent purchase by every other pharmacy."""
    father = patient(city, rng, age=(66, 99), account=True)
    home = nearby(city, rng, father, "clinic")
    shop = int(closest(city, farthest(city, rng, home, "hospital"), "pharmacy")[0])
    span = stretch(city, rng, several_of(rng, 100, 450), since_reform(city))
    at = between(rng, habit(rng, span, float(rng.uniform(20, 40))), 11.5, 19.5)
    item = int(rng.integers(1, 280))
    handles = city.settle(
        rng,
        father,
        shop,
        at,
        total=sums(rng, len(at), 60, 320),
        item=item,
        certain=False,
        **prescribed(city, rng, home, at, minutes=(60, 2_500)),
    )
    same_day = at[rng.random(len(at)) < 0.3]
    seen = between(rng, same_day // 86_400, 8.0, 17.0)
    seen = city.settle(rng, father, home, seen, care="outpatient", certain=False) if len(seen) else seen
    city.instance("impersonation", lookalike=True).subject("person", father).settled(handles).settled(seen)
    if chance(rng, 0.5):
        city.register("agent_purchase", person=father, provider=shop, first_day=span[0], last_day=span[1])
