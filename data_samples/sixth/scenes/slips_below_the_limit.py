"""A clinic cuts what a patient takes home into slips, each just below the sum that its program warns of.

Kind of case: prescriptions split to stay below a limit of one bill.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two to five slips of one doctor within minutes; some follow on the next day."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = season(city, rng, strength, 40, 360, since_reform(city))
    patients = neighbors(city, rng, whole(rng, strength, 3, 40), clinic)
    baskets = whole(rng, strength, 6, 90)
    limit = int(rng.choice([10_000, 15_000, 20_000, 30_000, 50_000]))
    day, who = flow(rng, span, baskets), rng.choice(patients, baskets)
    slips = rng.choice([2, 2, 2, 3, 3, 4, 5], baskets)
    nth = np.arange(slips.sum()) - np.repeat(np.cumsum(slips) - slips, slips)
    start = np.repeat(at_desk(rng, day, 0.1), slips)
    next_day = (nth == np.repeat(slips, slips) - 1) & (rng.random(len(nth)) < 0.2)
    at = start + nth * rng.integers(2 * MINUTE, 14 * MINUTE, len(nth)) + np.where(next_day, DAY, 0)
    at = np.where(at // DAY > city.period.last_day, start + nth * MINUTE, at)
    near = rng.random(len(nth)) < part(rng, strength, 0.6, 0.95)
    share = np.where(near, 1 - 0.03 * rng.gamma(1.2, 1.0, len(nth)), rng.uniform(0.3, 0.9, len(nth)))
    instance = city.instance("split_prescription", strength=strength).subject("provider", clinic)
    instance.settled(
        city.settle(
            rng,
            np.repeat(who, slips),
            clinic,
            at,
            care="outpatient",
            total=np.maximum((limit * np.clip(share, 0.25, 0.999)).astype(np.int64), 500),
            doctor=0,
            certain=False,
        )
    )
