"""A clerk once typed the wrong sex: all her life she has had what women have, at every doctor, and nothing else."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import newcomers, several
from data_samples.third.dice import bills
from data_samples.third.goods import limited
from data_samples.third.pace import about_every, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """From the first month to the last, at several doctors who see her."""
    # Nobody whom a scene has seen: it knew the other sex.
    chosen = newcomers(city, rng, 1, age=(22, 70))
    if len(chosen) == 0:
        return
    person = int(chosen[0])
    own = "female" if not city.people.male[person] else "male"
    city.record_other_sex(person)
    places = several(city, rng, 3, "primary_care", "hospital", district=int(city.people.district[person]))
    days = about_every(rng, (city.period.first_day, city.period.last_day), 40, 0.3)
    handles = city.settle(
        rng,
        person,
        rng.choice(places, len(days)),
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, len(days), 130, 0.5),
        item=limited(rng, own),
        lines=1,
        certain=False,
    )
    city.instance("sex_incompatible_item", lookalike=True).subject("person", person).settled(handles)
