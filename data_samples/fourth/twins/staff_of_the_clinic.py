"""Households of a clinic's staff live around it and go nowhere else, with the complaints that families have."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform, stretch, usual


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """As often as other people are ill, at ordinary sums, with whichever doctor is there."""
    clinic = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    home = city.pick_household(rng, 2)
    span = stretch(city, rng, several_of(rng, 150, 500), since_reform(city))
    at = usual(city, rng, bursts(rng, span, len(home) * several_of(rng, 2, 8)), "other")
    total = sums(rng, len(at), 50, 200)
    handles = city.settle(
        rng, rng.choice(home, len(at)), clinic, at, care="outpatient", total=total, certain=False
    )
    instance = about(city, city.instance("staff_self_dealing", lookalike=True), clinic)
    instance.member("person", home).settled(handles)
