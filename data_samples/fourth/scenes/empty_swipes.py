"""A pharmacy swipes cards of the owner's acquaintances for pooled benefit without selling anything, among real sales.

Kind of case: empty swiping with prescriptions made up afterwards by a doctor who is paid for each of them.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import after, bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import host, owners
from data_samples.third.cover import customers
from data_samples.third.pace import usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Acquaintances live anywhere; a doctor of another place writes most prescriptions later, some of them in time."""
    shop, first = pooled_shop(city, rng)
    cards = owners(city, rng, number(rng, strength, 5, 45))
    desk = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    doctor = int(rng.integers(city.places.doctors[desk]))
    span = phase(city, rng, strength, 45, 360, first)
    at = usual(city, rng, bursts(rng, span, number(rng, strength, 16, 190)))
    behind = rng.random(len(at)) < portion(rng, strength, 0.3, 0.9)
    written = np.where(behind, after(rng, at, 8, 3_000), at - rng.integers(120, 5_400, len(at)))
    handles = city.settle(
        rng,
        uneven(rng, cards, len(at), 1.5),
        shop,
        at,
        total=sums(rng, len(at), 85, 380, 1_800),
        desk=desk,
        doctor=doctor,
        prescribed=written,
        certain=False,
    )
    instance = city.instance("fictitious_purchase", strength=strength).subject("provider", shop)
    instance.member("person", cards).settled(handles)
    customers(city, rng, shop, np.unique(at // 86_400), 4.0)
