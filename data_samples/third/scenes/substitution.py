"""Whatever is sold, two or three covered drugs are billed.

Village clinics and pharmacies: health goods and uncovered items under the codes of common drugs.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import bills, normal, of, paretos
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The boxes of a bill are made to fit its sum, so the price of one box changes from bill to bill."""
    kind = str(rng.choice(["pharmacy", "clinic"]))
    shop = suspect(city, rng, kind)
    span = stretch(city, rng, normal(rng, of(strength, 90, 150, 240), 0.3, 40, 400))
    cover_drugs = drugs(rng, of(strength, 3, 3, 2))
    days = every_day(span)[rng.random(span[1] - span[0] + 1) < of(strength, 0.4, 0.55, 0.75)]
    when = np.repeat(days, paretos(rng, len(days), of(strength, 1, 2, 3), 2.0, 25))
    guests = rng.choice(passers_by(city, rng, 6 * len(days), shop), len(when))
    items = mixed(rng, len(when), cover_drugs, of(strength, 0.55, 0.7, 0.85))
    handles = city.settle(
        rng,
        guests,
        shop,
        usual(city, rng, when, "pharmacy" if kind == "pharmacy" else "other"),
        care="pharmacy" if kind == "pharmacy" else "outpatient",
        total=bills(rng, len(when), 95, 0.8),
        item=items,
        packs=1 + rng.geometric(0.3, len(when)),
        lines=1,
        certain=False,
    )
    covered = handles[np.isin(items, cover_drugs)]
    city.instance("substitution", strength=strength).subject("provider", shop).settled(covered)
