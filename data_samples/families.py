"""Family mutual aid in the background: who authorized whom, and which settlements a relative paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.drafts import OWN, RELATIVE, Drafts, size
from data_samples.magnitudes import Magnitudes
from data_samples.people import People
from data_samples.period import DAY, NEVER, Ints, Period

RELATIONS = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")

Authorizations = dict[str, npt.NDArray[Any]]
"""payer, beneficiary, relation, valid_from and valid_to (seconds; -1: open), verified, stream, number."""


def authorize_families(
    rng: np.random.Generator, people: People, period: Period, policy_start: int, sizes: Mapping[str, float]
) -> Authorizations:
    """Authorizations between close relatives, most of them made early in the policy's life."""
    kin = people.kin[people.has_account(people.kin[:, 0])]
    # Owners of an account authorize children, parents and spouses without one more often than others.
    keen = np.where(people.has_account(kin[:, 1]), 0.5, 1.5)
    elsewhere = ~people.insured_here(kin[:, 1])
    keen = np.where(elsewhere, 1 / sizes["authorize"], keen)
    payer_keen = rng.gamma(sizes["keen"], 1 / sizes["keen"], people.count)[kin[:, 0]]
    keen = np.where(elsewhere, keen, keen * payer_keen)
    kin = kin[rng.random(len(kin)) < sizes["authorize"] * keen]
    _, first = np.unique(kin[:, 1], return_index=True)
    kin = kin[np.sort(first)]
    count = len(kin)
    earliest = max(policy_start, period.first_day - 365)
    span = period.last_day - 30 - earliest
    valid_from = (earliest + (rng.random(count) ** 2.5 * span).astype(np.int64)) * DAY
    valid_from += rng.integers(8 * 3600, 20 * 3600, count)
    length = rng.integers(60, 400, count) * DAY
    ended = (rng.random(count) < sizes["ended"]) & (valid_from + length < period.last_day * DAY)
    return {
        "payer": kin[:, 0],
        "beneficiary": kin[:, 1],
        "relation": kin[:, 2],
        "valid_from": valid_from,
        "valid_to": np.where(ended, valid_from + length, -1),
        "verified": rng.random(count) < 0.97,
        "stream": np.zeros(count, dtype=np.int64),
        "number": np.arange(count),
    }


def choose_purses(
    rng: np.random.Generator,
    drafts: Drafts,
    people: People,
    granted: Authorizations,
    sizes: Magnitudes,
) -> None:
    """Fills purse and payer: an authorized relative, the patient's own account, or cash."""
    person, count = drafts.person, size(drafts)
    own = people.has_account(person) & (rng.random(count) < sizes["accounts"]["own_purse"])
    drafts.purse[own] = OWN
    grant = np.full(people.count, -1)
    grant[granted["beneficiary"]] = np.arange(len(granted["payer"]))
    mine = grant[person]
    upto = np.where(granted["valid_to"] < 0, NEVER * DAY, granted["valid_to"])
    valid = (mine >= 0) & (drafts.at >= granted["valid_from"][mine]) & (drafts.at <= upto[mine])
    used, spread = sizes["families"]["used"], sizes["families"]["used_spread"]
    habit = rng.beta(used * spread, (1 - used) * spread, len(granted["payer"]) + 1)  # the last: no relative
    aided = valid & (rng.random(count) < habit[mine]) & (drafts.care < 5)
    drafts.purse[aided] = RELATIVE
    drafts.payer[aided] = granted["payer"][mine[aided]]


def account_in_force(people: People, payer: Ints, day: Ints) -> npt.NDArray[np.bool_]:
    """Whether the payer owns an account here and is enrolled on the day."""
    return (payer >= 0) & people.has_account(payer) & people.covered(payer, day)
