"""In a winter of colds the staff of a pharmacy buy at their own counter, some of them every week.

The auditor: small sums for cold remedies, at the price of everybody and all over the month; nobody bought more than a
child and a husband need.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import stretch, usual


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Colleagues of one employer, in a season, at any hour of their shift."""
    shop = host(city, rng)
    wanted = several_of(rng, 2, 9)
    employer = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    if not free.any():
        return
    staff = city.pick_people(rng, min(wanted, int(free.sum())), employer=employer, unrelated=False)
    span, remedies = stretch(city, rng, several_of(rng, 30, 110)), drugs(rng, 5)
    instance = about(city, city.instance("staff_self_dealing", lookalike=True), shop)
    instance.member("person", staff)
    for person in staff.tolist():
        at = usual(city, rng, bursts(rng, span, several_of(rng, 1, 12)))
        handles = city.settle(
            rng,
            person,
            shop,
            at,
            total=sums(rng, len(at), 18, 75, 500),
            item=mixed(rng, len(at), remedies, 0.8),
            certain=False,
        )
        instance.settled(handles)
