"""D12: sales of a pharmacy that cannot have happened: at hours when it is closed, prescribed only afterwards.

The prescriptions come from one desk that writes them in batches, hours or days after the sale. Mild instances keep
to the evening and have a prescription too late now and then.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy with the desk that writes for it."""
    for strength in strengths(rng, instances, 12):
        pharmacy = int(city.pick_providers(rng, "pharmacy", subject=True)[0])
        desk = int(city.pick_providers(rng, "clinic", district=int(city.places.district[pharmacy]))[0])
        cards = ring(city, rng, heavy(rng, graded(strength, 6, 10, 15), 80), age=(30, 92))
        sales = heavies(rng, len(cards), 2, graded(strength, 4, 8, 20))
        person = rng.permutation(np.repeat(cards, sales))
        nights = some_days(
            rng, window(city, rng, graded(strength, 240, 120, 60)), graded(strength, 60, 30, 15)
        )
        day = rng.choice(nights, len(person))
        closed = rng.random(len(day)) < graded(strength, 0.35, 0.65, 0.95)
        late = day * DAY + rng.integers(22 * 60 + 30, 24 * 60, len(day)) * MINUTE
        small = day * DAY + rng.integers(0, 5 * 60, len(day)) * MINUTE + rng.integers(0, 60, len(day))
        at = np.where(closed, np.where(rng.random(len(day)) < 0.4, late, small), by_day(city, rng, day))
        after = rng.random(len(day)) < graded(strength, 0.25, 0.6, 0.9)
        end = (city.period.last_day + 1) * DAY - 1
        written = np.minimum((at // DAY + heavies(rng, len(day), 1, 5)) * DAY + 16 * 3600, end)
        handles = city.settle(
            rng,
            person,
            pharmacy,
            at,
            total=amounts(rng, len(day), float(rng.uniform(90, 350)), graded(strength, 0.6, 0.4, 0.2)),
            desk=desk,
            doctor=0,
            prescribed=np.where(after, written, at - rng.integers(5, 120, len(day)) * MINUTE),
        )
        instance = city.instance("fictitious_purchase", strength=strength)
        instance.subject("provider", pharmacy).member("provider", desk).member("person", cards).settled(
            handles
        )
