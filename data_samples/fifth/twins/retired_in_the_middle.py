"""From one month on a patient's bills are paid by a higher ratio than before, for the same care at the same place.

The auditor: the patient retired on that day, as the pension office confirms, and the fund pays more for the retired.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.pace import since_reform, stretch, usual


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Visits before and after the change, in no other rhythm."""
    people = newcomers(city, rng, 1, categories=["active"], age=(50, 64))
    if len(people) == 0:
        return
    person, kind = int(people[0]), str(rng.choice(["hospital", "primary_care"]))
    span = stretch(city, rng, several_of(rng, 90, 420), since_reform(city))
    change = int(rng.integers(span[0] + 10, span[1] - 10))
    city.change_cover(person, change, "retired")
    before = bursts(rng, (span[0], change - 1), several_of(rng, 2, 20))
    since = bursts(rng, (change, span[1]), several_of(rng, 3, 20))
    at = usual(city, rng, np.r_[before, since], "other")
    handles = city.settle(
        rng,
        person,
        nearby(city, rng, person, kind),
        at,
        care="outpatient",
        total=sums(rng, len(at), 180, 600, 4_000),
        in_scope=True,
        certain=False,
    )
    city.instance("benefit_recalc_mismatch", lookalike=True).subject("person", person).settled(handles)
