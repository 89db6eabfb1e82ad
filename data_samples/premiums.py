"""Premiums that accounts pay in the autumn: for relatives insured as residents, and for the owner's own cover."""

from __future__ import annotations

import numpy as np

from data_samples.families import Authorizations, account_in_force
from data_samples.ledger_events import LISTED, PREMIUM, PREMIUM_KINDS, Events, posting_events
from data_samples.magnitudes import Magnitudes
from data_samples.people import RESIDENT, People
from data_samples.period import DAY, NEVER, Flags, Ints, Period
from features.calendar import day_number
from features.money import FEN_PER_YUAN

_OCTOBER = 9
_WEEKS_OPEN = 80
"""Days from 1 October on in which premiums are taken."""


def premium_events(
    rng: np.random.Generator,
    people: People,
    granted: Authorizations,
    period: Period,
    sizes: Magnitudes,
    here: Magnitudes,
    busy: Flags,
) -> Events:
    """One premium at most by account, kind and year; accounts pay it whole or not at all.

    Args:
        rng: the generator of this component.
        people: the owners.
        granted: authorizations of the background: only for those relatives a resident premium is paid.
        period: the months of the city.
        sizes: `magnitudes.toml`.
        here: its part for the pooling area.
        busy: people for whom nothing is paid here (they play in a scene).
    """
    autumns = period.month_starts[
        period.calendar_months()[period.month_starts - period.first_day] == _OCTOBER
    ]
    owners = np.flatnonzero(people.has_account(np.arange(people.count)))
    parts = []
    for start in autumns.tolist():
        for number, kind in enumerate(PREMIUM_KINDS[:LISTED]):
            payer, beneficiary = (owners, np.full(len(owners), -1))
            if kind == "resident":
                payer, beneficiary = granted["payer"], granted["beneficiary"]
            day = start + rng.integers(0, _WEEKS_OPEN, len(payer))
            at = day * DAY + rng.integers(9 * 3600, 17 * 3600, len(payer))
            paid = rng.random(len(payer)) < sizes["premiums"][f"{kind}_share"]
            paid &= people.opening[payer] >= round(sizes["premiums"]["least_opening"] * FEN_PER_YUAN)
            paid &= account_in_force(people, payer, day) & ~busy[payer]
            paid &= (day >= day_number(here["policy_start"])) & (day <= period.last_day)
            if kind == "resident":
                paid &= _entitled(people, granted, day, at) & ~busy[beneficiary]
            fen = np.full(len(payer), -round(sizes["premiums"][kind] * FEN_PER_YUAN))
            rows = np.stack(
                [payer, at, np.full(len(payer), PREMIUM), fen, np.full(len(payer), number), beneficiary]
            )
            parts.append(rows.T[paid])
    return posting_events(np.concatenate(parts) if parts else [])


def _entitled(people: People, granted: Authorizations, day: Ints, at: Ints) -> Flags:
    """Whether the relative is authorized then, alive, and insured as a resident, here or elsewhere."""
    relative = granted["beneficiary"]
    upto = np.where(granted["valid_to"] < 0, NEVER * DAY, granted["valid_to"])
    valid: Flags = (at >= granted["valid_from"]) & (at <= upto) & people.covered(relative, day)
    valid &= people.category_on(relative, day) == RESIDENT
    return valid
