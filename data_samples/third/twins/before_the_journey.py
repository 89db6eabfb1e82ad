"""Before months with the children in another city: drugs for twelve weeks at once, and then none for as long."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills, chance
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A registered long prescription, two or three times, each when the last one has been used up."""
    people = newcomers(city, rng, 1, age=(55, 95))
    if len(people) == 0:
        return
    person = int(people[0])
    place = nearby(city, rng, person, str(rng.choice(["primary_care", "hospital"])))
    first = since_reform(city) + int(rng.integers(0, 25))
    days = np.arange(first, city.period.last_day + 1, 84)
    goods = drugs(rng, 3)
    instance = city.instance("oversupply", lookalike=True).subject("person", person)
    for drug in goods.tolist():
        handles = city.settle(
            rng,
            person,
            place,
            usual(city, rng, days, "other"),
            care="outpatient",
            total=bills(rng, len(days), 420, 0.2),
            item=drug,
            packs=rng.integers(6, 13, len(days)),
            supply=84,
            lines=1,
        )
        instance.settled(handles)
    if chance(rng, 0.8):
        city.register("long_prescription", person=person, first_day=first)
