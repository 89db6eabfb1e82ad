"""A shop sells first; a doctor whom it pays writes the prescriptions of the week on an evening afterwards.

Kind of case: a village doctor paid by the sheet to write prescriptions for sales of the past days.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import at_desk, flow, on_the, season
from data_samples.sixth.sizes import amounts, part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import closest, passers_by
from data_samples.third.cover import customers
from data_samples.third.pace import every_day


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most are written after the sale, in one sitting; the others minutes before."""
    shop, first = pooled_shop(city, rng)
    desk = int(closest(city, shop, str(rng.choice(["clinic", "primary_care"])))[0])
    span = season(city, rng, strength, 40, 360, first)
    days = flow(rng, span, whole(rng, strength, 18, 260))
    at = at_desk(rng, days, 0.35)
    evening = on_the(days + 6, int(rng.integers(7)))
    afterwards = evening * DAY + second(19.0) + rng.integers(0, 5_400, len(days))
    late = (rng.random(len(days)) < part(rng, strength, 0.3, 0.9)) & (afterwards > at)
    written = np.where(late, afterwards, at - rng.integers(60, 900, len(days)))
    instance = city.instance("doctor_pharmacy_concentration", strength=strength)
    instance.subject("provider", shop).member("provider", desk)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, max(6, len(at) // 2), shop), len(at)),
            shop,
            at,
            total=amounts(rng, len(at), 70, 320),
            desk=desk,
            doctor=int(rng.integers(2)),
            prescribed=written,
            certain=False,
        )
    )
    customers(city, rng, shop, every_day(span)[:: int(rng.integers(2, 5))], 3.0)
