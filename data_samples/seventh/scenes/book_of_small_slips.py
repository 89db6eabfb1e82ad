"""A doctor cuts a large prescription into slips below the sum that would be checked, on the same day.

Kind of case: prescriptions divided on one day to stay below a limit of the single bill.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, hours, minutes_after, turns
from data_samples.seventh.measure import between_any, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients with dear prescriptions; two to five slips within an hour or two."""
    unit = suspect(city, rng, "primary_care")
    patients = people(city, rng, how_many(rng, strength, 2, 24), unit, age=(35, 92))
    span = campaign(city, rng, strength, 35, 360, since_reform(city))
    turn, days = turns(rng, len(patients), span, between_any(rng, 18, 48))
    slips = 2 + rng.binomial(3, 0.1 + 0.15 * strength, len(turn))
    limit = int(rng.choice([15_000, 20_000, 25_000, 30_000]))
    who, when = np.repeat(turn, slips), np.repeat(days, slips)
    start = np.repeat(hours(rng, days, "desk"), slips)
    total = limit - np.floor(limit * rng.beta(0.8, 5.0, len(who)) * 0.9).astype(np.int64)
    instance = city.instance("split_prescription", strength=strength)
    instance.subject("provider", unit).member("person", patients)
    instance.settled(
        city.settle(
            rng,
            patients[who],
            unit,
            np.minimum(minutes_after(rng, start, 0, 95), when * DAY + second(22)),
            care="outpatient",
            total=np.maximum(total, 3_000),
            doctor=0,
            diagnosis=rng.integers(0, 60, len(patients))[who],
            certain=False,
        )
    )
    honest_days(city, rng, unit, span)
