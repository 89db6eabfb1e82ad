"""A specialist of the province sees patients at a health center on one Saturday a month."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line, on_the
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.pace import since_reform


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Full mornings on those days, from all districts."""
    center = host(city, rng, "primary_care")
    start = int(rng.integers(0, 28))
    days = on_the(city.period.month_starts + start, 5)
    days = days[(days >= since_reform(city)) & (days <= city.period.last_day)]
    when = np.repeat(days, int(any_of(rng, 5, 18)))
    if len(when) == 0:
        return
    city.settle(
        rng,
        rng.choice(np.flatnonzero(city.steady & ~city.taken), len(when)),
        center,
        in_line(rng, when, (8.0, 8.6), 8),
        care="outpatient",
        total=amounts(rng, len(when), 90, 260),
        certain=False,
    )
