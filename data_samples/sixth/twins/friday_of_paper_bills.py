"""A clerk enters the paper bills of a week on Friday.

Lawful because the bills are those of many patients, entered in office hours, for ordinary sums.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import flow, in_line, on_the
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One operator, care of the days before."""
    hospital = host(city, rng, "hospital")
    span = stretch(city, rng, int(any_of(rng, 40, 240)), since_reform(city) + 8)
    served = flow(rng, span, int(any_of(rng, 15, 80)))
    sent = on_the(served + 7, 4)
    sent = np.where(sent > city.period.last_day, served, sent)
    order = np.argsort(sent, kind="stable")
    served, sent = served[order], sent[order]
    instance = about(city, city.instance("insider_operation", lookalike=True), hospital)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, 2 * len(sent), hospital), len(sent)),
            hospital,
            in_line(rng, sent, (13.5, 14.5), 4),
            care="outpatient",
            total=amounts(rng, len(sent), 110, 360),
            counter=1,
            served=served,
            prescribed=served * DAY + second(9.0),
            channel="manual",
            certain=False,
        )
    )
