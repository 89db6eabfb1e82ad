"""The home's station sends the bills of a resident's last weeks after the death, because the month had to be closed."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, newcomers
from data_samples.third.goods import given_on


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Care was given while the resident was alive; two residents of the home, and registered as such."""
    station = host(city, rng, "primary_care")
    residents = newcomers(city, rng, 2, age=(64, 104))
    if len(residents) == 0:
        return
    instance = about(city, city.instance("ineligible_settlement", lookalike=True), station)
    instance.member("person", residents)
    period = city.period
    for person in residents.tolist():
        died = int(rng.integers(period.first_day + 40, period.last_day - 20))
        city.die(person, died)
        count = several_of(rng, 1, 6)
        served = np.sort(rng.integers(died - 30, died + 1, count))
        late = died + 1 + np.exp(rng.uniform(0, np.log(18), count)).astype(np.int64)
        at = late * DAY + rng.integers(9 * 3_600, 17 * 3_600, count)
        total = sums(rng, count, 80, 320)
        fields = given_on(at, served)
        instance.settled(
            city.settle(
                rng,
                person,
                station,
                at,
                care="outpatient",
                total=total,
                channel="manual",
                certain=False,
                **fields,
            )
        )
        city.register("nursing_home", person=person, provider=station, last_day=died)
