"""A clinic sends its bills weeks late, by hand, and without prescriber and diagnosis.

Kind of case: data that an institution has to send and does not, to hide who worked there.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import flow, in_line, on_the, season
from data_samples.sixth.sizes import amounts, part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A stack of bills on some evenings, for care of the weeks before."""
    clinic = suspect(city, rng, "clinic")
    span = season(city, rng, strength, 40, 300, since_reform(city))
    days = np.sort(flow(rng, span, whole(rng, strength, 12, 160)))
    sent = np.minimum(on_the(days + 8, int(rng.integers(7))) + 7 * rng.integers(0, 5, len(days)), span[1])
    order = np.argsort(sent, kind="stable")
    sent, served = sent[order], np.minimum(days[order], sent[order])
    at = in_line(rng, sent, (18.5, 20.5), 1.5)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(at), clinic), len(at)),
        clinic,
        at,
        care="outpatient",
        total=amounts(rng, len(at), 60, 260),
        channel="manual",
        served=served,
        prescribed=served * DAY + second(10),
        certain=False,
    )
    missing = rng.random(len(handles)) < part(rng, strength, 0.35, 0.95)
    city.defect(handles[missing], "prescriber_id", None)
    city.defect(handles[missing & (rng.random(len(handles)) < 0.7)], "diagnosis_code", None)
    city.instance("data_transmission_defect", strength=strength).subject("provider", clinic).settled(handles)
