"""A collector's account pays for strangers who are registered as relatives, or for nobody's relative at all."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several, spare
from data_samples.third.dice import bills, geometric, of, pareto
from data_samples.third.pace import outings, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some are authorized without a check, some only after the first payment, some not at all."""
    hub = owner(city, rng, age=(30, 80))
    city.set_opening(hub, 100 * pareto(rng, of(strength, 3_000, 6_000, 12_000), 1.5, 80_000))
    wanted = spare(city, pareto(rng, of(strength, 4, 7, 12), 1.8, 40))
    strangers = city.pick_people(rng, wanted)
    span = stretch(city, rng, of(strength, 120, 200, 300), since_reform(city))
    shops = several(city, rng, 3, "pharmacy", "clinic")
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", hub).member("person", strangers)
    for stranger in strangers.tolist():
        days = outings(rng, span, geometric(rng, of(strength, 2, 3, 5), 1, 20))
        at = usual(city, rng, days)
        handles = city.settle(
            rng,
            stranger,
            rng.choice(shops, len(at)),
            at,
            total=bills(rng, len(at), 140, 0.6),
            purse="relative",
            payer=hub,
        )
        instance.settled(handles)
        way = rng.random()
        if way < of(strength, 0.5, 0.4, 0.3):
            relation = str(rng.choice(["child", "parent", "spouse"]))
            city.authorize(
                hub, stranger, relation, int(at.min()) - int(rng.integers(1, 20)) * DAY, verified=False
            )
        elif way < of(strength, 0.75, 0.7, 0.6):
            city.authorize(
                hub, stranger, "child", int(at.min()) + int(rng.integers(1, 9)) * 3_600, verified=False
            )
