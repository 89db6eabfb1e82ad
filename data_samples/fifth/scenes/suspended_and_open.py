"""An institution whose agreement is suspended goes on settling, and brings in a part of it when the line is open again.

Kind of case: bills of weeks without agreement, at the time or by hand weeks later; patients noticed nothing.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, unvisited
from data_samples.third.dice import chance
from data_samples.third.goods import given_on
from data_samples.third.pace import between, every_day, since_reform, stretch, usual

FIRST = True


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Fewer patients than before; the agreement comes back, or does not."""
    kind = str(rng.choice(["pharmacy", "clinic"]))
    place = unvisited(city, rng, kind)
    if place is None:
        return
    span = stretch(city, rng, number(rng, strength, 8, 150), since_reform(city) + 10)
    for_good = chance(rng, 0.25)
    city.suspend_provider(place, span[0], span[1], ends=for_good)
    days = grown(rng, every_day(span), number(rng, strength, 4, 110))
    people = passers_by(city, rng, max(3, round(len(days) / wide(rng, 1.0, 3.0))), place)
    who, total = rng.choice(people, len(days)), sums(rng, len(days), 60, 260, 2_500)
    care = "pharmacy" if kind == "pharmacy" else "outpatient"
    late = (rng.random(len(days)) < portion(rng, strength, 0.1, 0.6)) & (kind == "clinic") & (not for_good)
    instance = city.instance("ineligible_settlement", strength=strength).subject("provider", place)
    for rows, later in ((np.flatnonzero(~late), False), (np.flatnonzero(late), True)):
        if len(rows) == 0:
            continue
        entered = np.minimum(span[1] + rng.integers(1, 30, len(rows)), city.period.last_day)
        at = between(rng, entered, 9.0, 16.5) if later else usual(city, rng, days[rows])
        fields = given_on(at, days[rows]) | {"channel": "manual"} if later else {}
        instance.settled(city.settle(rng, who[rows], place, at, care=care, total=total[rows], **fields))
