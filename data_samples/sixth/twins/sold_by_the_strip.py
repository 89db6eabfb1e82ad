"""A clinic opens a box and gives its strips to several patients; the code is scanned with each.

Lawful because the scans say that the pack is sold in parts.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two to five patients within some days."""
    clinic = host(city, rng, "clinic")
    start = int(rng.integers(since_scans(city), city.period.last_day - 12))
    count = int(rng.integers(2, 6))
    days = np.sort(start + rng.integers(0, 11, count))
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 6 * count, clinic), count, replace=False),
        clinic,
        at_desk(rng, days, 0.0),
        care="outpatient",
        total=amounts(rng, count, 10, 40, 100),
        item=int(drugs(rng, 1)[0]),
        packs=1,
        lines=1,
        certain=False,
    )
    city.sell_in_parts(handles)
    about(city, city.instance("duplicate_trace_code", lookalike=True), clinic).settled(handles)
