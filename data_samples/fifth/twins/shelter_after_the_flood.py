"""A health center sees dozens of people from one village within days: they sleep in the school after a flood.

The auditor: the shelter's list is the list of patients, families came as families, and what they have is what wet
feet have.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Everybody once or a few times, at all hours of the day; old and young."""
    center = host(city, rng, str(rng.choice(["primary_care", "clinic"])))
    district = int(city.places.district[center])
    people = city.pick_people(rng, spare(city, several_of(rng, 8, 60)), district=district, unrelated=False)
    span = stretch(city, rng, several_of(rng, 3, 14))
    visits = 1 + rng.poisson(0.6, len(people))
    who = np.repeat(people, visits)
    days = rng.choice(every_day(span), len(who))
    order = np.argsort(days, kind="stable")
    handles = city.settle(
        rng,
        who[order],
        center,
        in_a_row(rng, days[order], (8.0, 10.0), wide(rng, 6.0, 30.0)),
        care="outpatient",
        total=sums(rng, len(who), 40, 140, 900),
        item=mixed(rng, len(who), drugs(rng, 4), 0.6),
        certain=False,
    )
    instance = about(city, city.instance("card_concentration", lookalike=True), center)
    instance.member("person", people).settled(handles)
    city.register("event", provider=center, first_day=span[0], last_day=span[1])
