"""While a mother lies in hospital her account goes on paying for the child whom she has authorized."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import inside, stay
from data_samples.third.cast import nearby
from data_samples.third.dice import bills, geometric, normal
from data_samples.third.pace import since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The relative is the patient of these bills; the owner of the account is not."""
    payer, relative, relation = city.pick_relatives(rng, 1)[0].tolist()
    seen = city.drafts().person
    if np.isin([payer, relative], seen).any():
        return
    begin = since_reform(city)
    city.authorize(payer, relative, ("spouse", "parent", "child")[relation], begin * DAY + 8 * 3_600)
    nights = normal(rng, 12, 0.4, 5, 40)
    admitted, discharged = stretch(city, rng, nights + 1, begin + 1)
    hospital = nearby(city, rng, payer, "hospital")
    stay(city, rng, payer, hospital, admitted, discharged - admitted, int(bills(rng, 1, 7200, 0.4)[0]))
    at = inside(rng, admitted, discharged, geometric(rng, 2.5, 1, 9), 8.5, 20.0)
    handles = city.settle(
        rng,
        relative,
        nearby(city, rng, relative),
        at,
        total=bills(rng, len(at), 90, 0.5),
        purse="relative",
        payer=payer,
    )
    instance = city.instance("inpatient_outpatient_overlap", lookalike=True)
    instance.subject("payer_account", payer).settled(handles)
