"""A clinic opens a box and gives each patient what the doctor ordered: one code, scanned as a part each time."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, geometric, normal, pareto
from data_samples.third.goods import drugs
from data_samples.third.pace import outings, since_scans, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """As often as a station that bills a box several times."""
    clinic = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, 150, 0.35, 50, 300), since_scans(city))
    instance = about(city, city.instance("duplicate_trace_code", lookalike=True), clinic)
    for drug in drugs(rng, pareto(rng, 5, 1.6, 40)):
        guests = passers_by(city, rng, 1 + geometric(rng, 2.0, 1, 8), clinic)
        at = usual(city, rng, outings(rng, span, len(guests)), "other")
        handles = city.settle(
            rng,
            guests[: len(at)],
            clinic,
            at,
            care="outpatient",
            total=bills(rng, len(at), 24, 0.3),
            item=int(drug),
            packs=1,
            certain=False,
        )
        city.sell_in_parts(handles)
        instance.settled(handles)
