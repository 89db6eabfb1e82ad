"""Looks like D09: a cashier settles wrongly, reverses and settles right; once a visit, at most twice in the period."""

from __future__ import annotations

import numpy as np

from data_samples.costs import draw_totals
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 40


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one person; who is unlucky twice is so at different counters."""
    for person in city.pick_people(rng, share(instances, _SHARE), age=(20, 90), unrelated=False).tolist():
        often = 1 + int(rng.random() < 0.5)
        kind = str(rng.choice(["pharmacy", "clinic"], p=[0.8, 0.2]))
        places = city.pick_providers(rng, kind, often, district=int(city.people.district[person]))
        care = "pharmacy" if kind == "pharmacy" else "outpatient"
        at = city.days(rng, often) * DAY + rng.integers(second(8.5), second(19), often)
        total = draw_totals(rng, np.zeros(often, dtype=np.int64), city.sizes)
        wrong = city.settle(rng, person, places, at, care=care, total=total)
        back = (
            at
            + city.ranges("cashier_correction").counts(rng, "minutes", often) * MINUTE
            + rng.integers(0, MINUTE, often)
        )
        city.reverse(wrong, back)
        # What was wrong: a quantity or an item, so the amount changes a little or by a multiple.
        right_total = np.maximum(total * rng.choice([1, 2, 3], often) // rng.choice([1, 2], often), 300)
        right = back + rng.integers(1 * MINUTE, 6 * MINUTE, often)
        again = city.settle(rng, person, places, right, care=care, total=right_total, certain=False)
        instance = city.instance("refund_resettle_loop", lookalike=True).subject("person", person)
        instance.member("provider", np.unique(places)).settled(wrong).settled(again)
