"""After a firm's health check those with a finding are examined in the same hospital, in the weeks that follow."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.pace import between, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A part of the staff, each with a finding of his own: other departments, other sums, once or several times."""
    hospital = host(city, rng, "hospital")
    wanted = spare(city, several_of(rng, 5, 45))
    firm = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == firm)).sum())
    staff = city.pick_people(rng, max(1, min(wanted, free)), employer=firm, unrelated=False)
    span = stretch(city, rng, several_of(rng, 15, 70), since_reform(city))
    days = np.maximum(on_workdays(bursts(rng, span, round(1.7 * len(staff)) + 1)), span[0])
    total = sums(rng, len(days), 120, 700)
    who, at = rng.choice(staff, len(days)), between(rng, days, 7.8, 16.5)
    handles = city.settle(rng, who, hospital, at, care="outpatient", total=total, certain=False)
    about(city, city.instance("substitution", lookalike=True), hospital).member("person", staff).settled(
        handles
    )
    city.register("employer_checkup", provider=hospital, first_day=span[0], last_day=span[1])
