"""A health center gives drugs by the blister: one box is opened for several patients, and its code is read each time.

The auditor: every scan says that the pack was split, the tablets add up to the box, and the next box was opened when
the last was empty.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills
from data_samples.third.goods import drugs
from data_samples.third.pace import outings, since_scans, stretch, usual


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two to seven patients for a box, within a few weeks; several boxes."""
    center = host(city, rng, str(rng.choice(["primary_care", "clinic"])))
    instance = about(city, city.instance("duplicate_trace_code", lookalike=True), center)
    for _ in range(several_of(rng, 2, 24)):
        parts = int(rng.integers(2, 8))
        days = outings(rng, stretch(city, rng, several_of(rng, parts + 1, 40), since_scans(city)), parts)
        handles = city.settle(
            rng,
            rng.choice(passers_by(city, rng, 3 * parts, center), len(days)),
            center,
            usual(city, rng, days, "other"),
            care="outpatient",
            total=bills(rng, len(days), wide(rng, 8, 60), 0.05),
            item=int(drugs(rng, 1)[0]),
            packs=1,
            lines=1,
            certain=False,
        )
        city.sell_in_parts(handles)
        instance.settled(handles)
