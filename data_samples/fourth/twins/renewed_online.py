"""An internet hospital renews prescriptions of chronic patients, who pick the medicine up wherever they live."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, nearby, owners
from data_samples.third.goods import prescribed
from data_samples.third.pace import since_reform, stretch, usual


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One doctor, many pharmacies, each patient about once a month, hours before the sale."""
    desk = host(city, rng, "hospital")
    doctor = int(rng.integers(city.places.doctors[desk]))
    patients = owners(city, rng, several_of(rng, 8, 60), age=(40, 90))
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    instance = about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), desk)
    instance.member("person", patients)
    for person in patients.tolist():
        at = usual(city, rng, habit(rng, span, float(rng.uniform(26, 36))))
        order = prescribed(city, rng, desk, at, doctor=doctor, minutes=(3, 1_300))
        total = int(sums(rng, 1, 60, 280)[0])
        item = int(rng.integers(1, 280))
        shop = nearby(city, rng, person)
        instance.settled(city.settle(rng, person, shop, at, total=total, item=item, certain=False, **order))
