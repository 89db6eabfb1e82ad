"""A clinic bills its panel to everybody: drugs for women to men, and the other way round.

National models "men's and women's checks" and "men's and women's drugs".
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.goods import limited
from data_samples.third.pace import every_day, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most bills of the panel suit the patient; some do not."""
    place = suspect(city, rng, str(rng.choice(["clinic", "primary_care", "hospital"])))
    span = stretch(city, rng, normal(rng, of(strength, 70, 120, 200), 0.3, 30, 360))
    name = str(rng.choice(["female", "male"]))
    count = pareto(rng, of(strength, 8, 18, 36), 1.8, 140)
    guests = rng.choice(passers_by(city, rng, 3 * count, place), count)
    fits = city.people.male[guests] == (name == "male")
    kept = fits | (rng.random(count) < of(strength, 0.3, 0.6, 1.0))
    if not (kept & ~fits).any():
        kept[:] = True
    days = rng.choice(every_day(span), count)
    handles = city.settle(
        rng,
        guests[kept],
        place,
        usual(city, rng, days[kept], "other"),
        care="outpatient",
        total=bills(rng, int(kept.sum()), 120, 0.5),
        item=limited(rng, name),
        lines=1,
        certain=False,
    )
    wrong = handles[~fits[kept]]
    if len(wrong):
        city.instance("sex_incompatible_item", strength=strength).subject("provider", place).settled(wrong)
