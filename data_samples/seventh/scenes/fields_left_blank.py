"""A health center sends its bills weeks late and without diagnosis or credential, so that nobody can check them.

Kind of case: an institution that did not transmit data in time and in full, and was summoned for it.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import honest_days
from data_samples.seventh.diary import busy_days, campaign, sessions
from data_samples.seventh.measure import bills, grade, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Parcels of bills in the evening; a part of them is complete."""
    center = suspect(city, rng, "primary_care")
    span = campaign(city, rng, strength, 45, 330, since_reform(city))
    served = busy_days(rng, span, how_many(rng, strength, 10, 150))
    parcels = np.sort(rng.choice(np.arange(span[0], span[1] + 1), how_many(rng, strength, 2, 12)))
    sent = np.append(parcels, span[1])[np.searchsorted(parcels, served)]
    sent = np.minimum(sent + rng.integers(0, 3, len(sent)), city.period.last_day)
    order = np.argsort(sent, kind="stable")
    sent, served = sent[order], np.minimum(served[order], sent[order])
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(sent), center), len(sent)),
        center,
        sessions(rng, sent, (17.2, 21.0), 1.2),
        care="outpatient",
        total=bills(rng, len(sent), 50, 240),
        served=served,
        prescribed=served * DAY + second(9.7),
        certain=False,
    )
    share = grade(rng, strength, 0.25, 0.95)
    city.defect(handles[rng.random(len(handles)) < share], "diagnosis_code", None)
    city.defect(handles[rng.random(len(handles)) < 0.7 * share], "credential_type", None)
    city.defect(handles[rng.random(len(handles)) < 0.5 * share], "prescriber_id", None)
    city.instance("data_transmission_defect", strength=strength).subject("provider", center).settled(handles)
    honest_days(city, rng, center, span)
