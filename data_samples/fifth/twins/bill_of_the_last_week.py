"""A hospital hands in the visits of a patient's last days when the patient has been buried for a while.

The auditor: the care was given before the death, the ward's papers are dated and signed, and the bill was late because
the family had the card.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.goods import given_on
from data_samples.third.pace import between


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One to a few visits of different days, entered by hand together."""
    people = newcomers(city, rng, 1, age=(60, 104))
    if len(people) == 0:
        return
    person, kind = int(people[0]), str(rng.choice(["hospital", "primary_care"]))
    place = nearby(city, rng, person, kind)
    died = int(rng.integers(city.period.first_day + 30, city.period.last_day - 40))
    city.die(person, died)
    count = int(rng.integers(1, 5))
    served = np.sort(rng.choice(np.arange(died - 9, died), count, replace=False)).astype(np.int64)
    entered = np.full(count, min(died + several_of(rng, 2, 38), city.period.last_day))
    at = between(rng, entered, 9.0, 16.0) // DAY * DAY + 10 * 3_600 + 240 * np.arange(count)
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=sums(rng, count, 120, 600, 4_000),
        channel="manual",
        certain=False,
        **given_on(at, served),
    )
    instance = city.instance("ineligible_settlement", lookalike=True).subject("person", person)
    instance.settled(handles)
