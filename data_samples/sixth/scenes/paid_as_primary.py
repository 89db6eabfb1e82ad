"""The agency has a hospital in its program under the level of a health center, and so pays a higher share.

Kind of case: an error of the agency's parameters; the hospital and its patients know nothing.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import since_reform

_POINTS = (5, 10, 15, 20)


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """All bills of some weeks that pass the wrong interface, until it is noticed."""
    hospital = suspect(city, rng, "hospital")
    span = season(city, rng, strength, 12, 150, since_reform(city))
    days = flow(rng, span, whole(rng, strength, 10, 120))
    points = int(rng.choice(_POINTS))
    total = amounts(rng, len(days), 150, 900)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(days), hospital), len(days)),
        hospital,
        at_desk(rng, days, 0.1),
        care="outpatient",
        total=total,
        in_scope=True,
        certain=False,
    )
    city.misprice(handles, pool_fen=total * points // 100 + 10)
    instance = city.instance("benefit_recalc_mismatch", strength=strength)
    instance.subject("group").member("provider", hospital).settled(handles)
