"""A clinic sells prescriptions by the thousand to pharmacies all over the city; its doctor sees no patient.

Kind of case: platforms and internet hospitals whose doctors sign what the till needs, seconds before the sale or after.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Customers are real and want medicine; they are the shops' neighbors, none of whom the clinic has ever seen."""
    desk = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    chosen = dict(pooled_shop(city, rng) for _ in range(int(rng.integers(1, 5))))
    shops, first = np.array(sorted(chosen)), max(chosen.values())
    doctors = np.unique(rng.integers(0, city.places.doctors[desk], 2))
    span = phase(city, rng, strength, 60, 400, first)
    instance = city.instance("doctor_pharmacy_concentration", strength=strength)
    instance.subject("provider", shops).member("provider", desk)
    sizes = rng.dirichlet(np.full(len(shops), 1.5)) * number(rng, strength, 25, 320)
    quick, late = portion(rng, strength, 0.4, 0.95), portion(rng, strength, 0.04, 0.4)
    for shop, size in zip(shops.tolist(), sizes.tolist(), strict=True):
        at = usual(city, rng, bursts(rng, span, max(3, round(size))))
        fast = np.exp(rng.uniform(np.log(12), np.log(240), len(at))).astype(np.int64)
        before = np.where(rng.random(len(at)) < quick, fast, rng.integers(600, 40_000, len(at)))
        before = np.where(rng.random(len(at)) < late, -3 * fast, before)
        buyers = passers_by(city, rng, max(3, round(len(at) / wide(rng, 1.0, 4.0))), shop)
        instance.settled(
            city.settle(
                rng,
                rng.choice(buyers, len(at)),
                shop,
                at,
                total=sums(rng, len(at), 75, 260, 1_500),
                item=mixed(rng, len(at), drugs(rng, 6), portion(rng, strength, 0.3, 0.8)),
                desk=desk,
                doctor=rng.choice(doctors, len(at)),
                prescribed=at - before,
                certain=False,
            )
        )
        customers(city, rng, shop, np.unique(at // 86_400), 3.0)
