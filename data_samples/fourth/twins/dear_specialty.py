"""A clinic for rheumatic diseases treats a few patients often, with dear infusions that other clinics do not give."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, owners
from data_samples.third.pace import since_reform, stretch, usual


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Patients come from the whole city, in working hours, for as long as the course lasts."""
    clinic = host(city, rng, "clinic")
    patients = owners(city, rng, several_of(rng, 5, 40), age=(30, 85))
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    price, item = int(sums(rng, 1, 280, 700, 1_500)[0]), int(rng.integers(1, 280))
    instance = about(city, city.instance("peer_outlier", lookalike=True), clinic).member("person", patients)
    for person in patients.tolist():
        begin = int(rng.integers(span[0], max(span[0] + 1, span[1] - 20)))
        days = habit(rng, (begin, min(begin + several_of(rng, 20, 160), span[1])), float(rng.uniform(6, 16)))
        at = usual(city, rng, np.maximum(np.unique(on_workdays(days)), span[0]), "other")
        fen = np.maximum(price * rng.normal(1, 0.08, len(at)), 5_000).astype(np.int64)
        instance.settled(
            city.settle(rng, person, clinic, at, care="outpatient", total=fen, item=item, certain=False)
        )
