"""An employer sends the staff to a hospital for the yearly check-up, a department a day.

Lawful because it is registered, happens once, and everybody has the same tests.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import colleagues
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Thirty minutes of one line after another."""
    staff = colleagues(city, rng, int(between_any(rng, 4, 24)))
    hospital = host(city, rng, "hospital")
    first, last = stretch(city, rng, 5)
    days = np.sort(rng.integers(first, last + 1, len(staff)))
    city.register("employer_checkup", provider=hospital, first_day=first, last_day=last)
    handles = city.settle(
        rng,
        staff,
        hospital,
        sessions(rng, days, (7.5, 8.3), 4.0),
        care="outpatient",
        total=int(bills(rng, 1, 180, 420)[0]),
        diagnosis=59,
        certain=False,
    )
    instance = about(city, city.instance("card_concentration", lookalike=True), hospital)
    instance.member("person", staff).settled(handles)
