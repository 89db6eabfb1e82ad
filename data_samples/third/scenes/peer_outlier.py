"""A clinic that treats everybody for everything: infusions and tests for each cold, at three times what others bill."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import bills, normal, of, paretos, thinned
from data_samples.third.pace import every_day, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most bills of a season; a few are as they should be. Patients come back more often than they must."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, of(strength, 90, 150, 220), 0.3, 50, 400), since_reform(city))
    days = thinned(rng, every_day(span), of(strength, 0.4, 0.6, 0.8), 4)
    when = np.repeat(days, 1 + paretos(rng, len(days), of(strength, 0.8, 1.2, 1.8), 2.0, 20))
    patients = passers_by(city, rng, max(4, len(when) // 3), clinic)
    dear = rng.random(len(when)) < of(strength, 0.6, 0.75, 0.9)
    usual_bill, high = (
        bills(rng, len(when), 110, 0.5),
        bills(rng, len(when), of(strength, 230, 330, 480), 0.4),
    )
    handles = city.settle(
        rng,
        rng.choice(patients, len(when)),
        clinic,
        usual(city, rng, when, "other"),
        care="outpatient",
        total=np.where(dear, high, usual_bill),
        lines=np.where(dear, 3, rng.choice([1, 2, 3], len(when))),
        packs=np.where(dear, 1 + rng.geometric(0.3, len(when)), 1),
        certain=False,
    )
    city.instance("peer_outlier", strength=strength).subject("provider", clinic).settled(handles[dear])
