"""A station gives dear tablets out of an opened box: one code is scanned for several patients, as a split pack."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans, stretch, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two to six patients for a box, within days or some weeks."""
    station = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    item = int(drugs(rng, 1)[0])
    instance = about(city, city.instance("duplicate_trace_code", lookalike=True), station)
    for _ in range(several_of(rng, 2, 16)):
        count = int(rng.integers(2, 7))
        span = stretch(city, rng, several_of(rng, 2, 25), since_scans(city))
        at = np.sort(usual(city, rng, rng.integers(span[0], span[1] + 1, count), "other"))
        people = passers_by(city, rng, count, station)
        who = rng.permutation(people)[np.arange(count) % len(people)]
        total = sums(rng, count, 30, 120)
        handles = city.settle(
            rng, who, station, at, care="outpatient", total=total, item=item, packs=1, lines=1, certain=False
        )
        city.sell_in_parts(handles)
        instance.settled(handles)
