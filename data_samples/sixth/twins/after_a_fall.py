"""After a fall the emergency room, the bone doctor and the eye doctor of a hospital see a patient on one day.

Lawful because the rooms lie in one house, and the other visits of the patient are those of the same injury.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three bills on the day, and check-ups in the weeks after it."""
    person = owner(city, rng, age=(20, 92))
    hospital = nearby(city, rng, person, "hospital")
    first = since_reform(city)
    day = int(rng.integers(first, max(first + 1, city.period.last_day - 45)))
    instance = city.instance("impersonation", lookalike=True).subject("person", person)
    fall = between(rng, day, 8.0, 13.0)
    instance.settled(city.settle(rng, person, hospital, fall, care="emergency", diagnosis=3, certain=False))
    later = day + np.r_[0, 0, np.cumsum(rng.integers(5, 12, 3))]
    at = np.r_[fall + 50 * MINUTE, fall + 130 * MINUTE, between(rng, later[2:], 8.5, 11.0)]
    at = at[at // DAY <= city.period.last_day]
    instance.settled(city.settle(rng, person, hospital, at, care="outpatient", diagnosis=3, certain=False))
