"""Thursday evenings a hospital's desk takes papers of those who work: by hand, after hours, one clerk on duty."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, normal, paretos
from data_samples.third.goods import given_on
from data_samples.third.pace import between, every_day, on_weekdays, since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same weekday all season, with somebody else every time, for care of the weeks before."""
    desk = host(city, rng, str(rng.choice(["hospital", "primary_care"])))
    evenings = on_weekdays(
        every_day(stretch(city, rng, normal(rng, 200, 0.35, 66, 400), since_reform(city) + 40)), 3
    )
    when = np.repeat(evenings, paretos(rng, len(evenings), 1.5, 2.0, 12))
    if len(when) == 0:
        return
    people = rng.choice(passers_by(city, rng, 2 * len(when), desk), len(when))
    at = between(rng, when, 18.2, 20.8)
    handles = city.settle(
        rng,
        people,
        desk,
        at,
        care="outpatient",
        total=bills(rng, len(when), 420, 0.7),
        channel="manual",
        counter=1,
        certain=False,
        **given_on(at, when - rng.integers(3, 35, len(when))),
    )
    city.register("event", provider=desk, first_day=int(evenings[0]), last_day=int(evenings[-1]))
    about(city, city.instance("insider_operation", lookalike=True), desk).settled(handles)
