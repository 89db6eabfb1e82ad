"""A clinic without a dispensary and a pharmacy in the same house: nearly all of its prescriptions are filled there."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, host, passers_by
from data_samples.third.goods import prescribed
from data_samples.third.pace import since_reform, stretch, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Patients see the doctor first, most of them on the same day; then they walk downstairs."""
    desk = host(city, rng, "clinic")
    shop = int(closest(city, desk, "pharmacy")[0])
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    at = usual(city, rng, bursts(rng, span, several_of(rng, 30, 260)))
    patients = passers_by(city, rng, len(at), shop)
    who = rng.choice(patients, len(at))
    order = prescribed(city, rng, desk, at, minutes=(4, 90))
    handles = city.settle(rng, who, shop, at, total=sums(rng, len(at), 60, 220), certain=False, **order)
    about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), shop).settled(handles)
    seen = rng.random(len(at)) < 0.7
    if seen.any():
        visit = order["prescribed"][seen] + 60
        city.settle(rng, who[seen], desk, visit, care="outpatient", certain=False)
