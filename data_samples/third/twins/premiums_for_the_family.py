"""In autumn an account pays the resident premium of child and parents, and the owner's own long-term care."""

from __future__ import annotations

import numpy as np

from data_samples.people import RESIDENT
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.pace import since_reform
from features.money import FEN_PER_YUAN


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two listed kinds and an authorized relative without employee insurance, within minutes of each other."""
    ends = [start for start in city.period.month_starts.tolist() if start >= since_reform(city)]
    autumns = [day for day in ends if str(np.datetime64(day, "D"))[5:7] in ("10", "11")]
    if not autumns:
        return
    day = int(rng.choice(autumns)) + int(rng.integers(0, 25))
    payer, relative, relation = city.pick_relatives(rng, 1)[0].tolist()
    city.authorize(payer, relative, ("spouse", "parent", "child")[relation], (day - 5) * DAY + 12 * 3_600)
    at = day * DAY + int(rng.integers(9, 20)) * 3_600
    kinds = ["long_term_care", "government_commercial"]
    if city.people.category[relative] == RESIDENT:
        kinds.append("resident")
    instance = city.instance("prohibited_account_use", lookalike=True).subject("payer_account", payer)
    for number, kind in enumerate(kinds):
        fen = round(city.sizes["premiums"][kind] * FEN_PER_YUAN)
        whom = relative if kind == "resident" else -1
        city.post(payer, at + 200 * number, "premium", -fen, kind, whom)
        instance.worth(fen)
