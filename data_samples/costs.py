"""What a settlement costs, and which part of it the catalogue covers."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.drafts import Drafts
from data_samples.magnitudes import CARES, Magnitudes
from data_samples.period import MINUTE, Ints
from features.money import FEN_PER_YUAN


def draw_totals(rng: np.random.Generator, care: Ints, sizes: Magnitudes) -> Ints:
    """Log-normal totals in fen by kind of care."""
    amounts = sizes["amounts"]
    median = np.array([amounts[name]["median"] for name in CARES])
    mean = np.array([amounts[name]["mean"] for name in CARES])
    spread = np.sqrt(2 * np.log(mean / median))
    sampled = median[care] * np.exp(spread[care] * rng.standard_normal(len(care)))
    fen: Ints = np.maximum(np.round(sampled * FEN_PER_YUAN), 2 * FEN_PER_YUAN).astype(np.int64)
    return fen


def split_scope(rng: np.random.Generator, drafts: Drafts, sizes: Magnitudes) -> None:
    """Fills outside, ceiling and copay so that the rest of the total is in scope.

    Half of the settlements lie wholly inside the catalogue.
    """
    amounts, total = sizes["amounts"], drafts.total
    partly = rng.random(len(total)) < 0.5
    for field, share in (
        ("outside", "outside_catalogue"),
        ("copay", "first_step_copay"),
        ("ceiling", "over_ceiling"),
    ):
        fraction = np.clip(rng.exponential(2 * amounts[share], len(total)), 0, 0.3)
        getattr(drafts, field)[:] = np.where(partly, np.floor(total * fraction), 0)


def fill_desk(rng: np.random.Generator, drafts: Drafts, sizes: Magnitudes, places: Any) -> None:
    """Doctor, counter, diagnosis, credential, items and days of supply, with their gaps.

    A pharmacy has no doctor: who buys on a prescription brings it from elsewhere.
    """
    count, missing = len(drafts.person), sizes["missing"]
    provider, pharmacy = drafts.provider, drafts.care == 0
    drafts.counter[:] = (rng.random(count) ** 1.5 * places.counters[provider]).astype(np.int64)
    drafts.doctor[:] = (rng.random(count) ** 1.5 * places.doctors[provider]).astype(np.int64)
    drafts.doctor[pharmacy | (rng.random(count) < missing["prescriber"])] = -1
    before = rng.integers(5 * MINUTE, 90 * MINUTE, count)
    drafts.prescribed[:] = np.where(drafts.doctor < 0, -1, drafts.at - before)
    drafts.diagnosis[:] = (rng.random(count) ** 2 * 60).astype(np.int64)
    drafts.diagnosis[pharmacy & (rng.random(count) < missing["pharmacy_diagnosis"])] = -1
    drafts.credential[:] = rng.choice(3, count, p=[0.55, 0.05, 0.40])
    drafts.item[:] = (rng.random(count) ** 1.6 * 280).astype(np.int64)
    drafts.lines[:] = rng.choice([1, 2, 3], count, p=[0.4, 0.35, 0.25])
    packs = sizes["packs"]
    drafts.packs[:] = np.minimum((1 - rng.random(count)) ** (-1 / packs["tail"]), packs["most"])
    given = rng.random(count) >= missing["days_supply"]
    drafts.supply[given] = rng.choice([7, 14, 28, 30], int(given.sum()))
