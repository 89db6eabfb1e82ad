"""A company sends its staff to the hospital for the yearly check-up: two mornings, the same bill for everybody."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.dice import bills
from data_samples.third.pace import between, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Registered as such; who is paid in cash by the employer leaves the account alone."""
    hospital = host(city, rng, str(rng.choice(["hospital", "primary_care"])))
    employer = city.pick_employer(rng, 12)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    if free < 3:
        return
    staff = city.pick_people(rng, min(spare(city, 40, 6), free), employer=employer, unrelated=False)
    first = stretch(city, rng, 8)[0]
    price, item = bills(rng, 1, 280, 0.3)[0], int(rng.integers(1, 280))
    instance = about(city, city.instance("card_concentration", lookalike=True), hospital).member(
        "person", staff
    )
    for morning, group in enumerate(np.array_split(rng.permutation(staff), 2)):
        if len(group) == 0:
            continue
        at = queue(rng, int(between(rng, first + morning, 7.4, 8.0)[0]), len(group), 2.0, 0.6)
        handles = city.settle(
            rng, group, hospital, at, care="outpatient", total=price, item=item, lines=2, purse="cash"
        )
        instance.settled(handles)
    city.register("employer_checkup", provider=hospital, first_day=first, last_day=first + 3)
