"""A box is opened, since a child needs a third of it, and the other thirds go to the next two children.

Lawful because the scans say that the pack is sold in parts.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Within a few days."""
    center = host(city, rng, "primary_care")
    start = since_scans(city)
    count = int(rng.integers(2, 5))
    first = int(rng.integers(start, city.period.last_day - 6))
    days = np.sort(first + rng.integers(0, 6, count))
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 8 * count, center), count, replace=False),
        center,
        np.sort(hours(rng, days, "desk")),
        care="outpatient",
        total=int(bills(rng, 1, 12, 40)[0]),
        item=int(drugs(rng, 1)[0]),
        packs=1,
        lines=1,
        certain=False,
    )
    city.sell_in_parts(handles)
    about(city, city.instance("duplicate_trace_code", lookalike=True), center).settled(handles)
