"""The pooled fund's share of every draft, to the fen.

Ordinary outpatient care has an annual deductible, a share by category and level, and an annual cap; stays
have a deductible each; special care has a share. The values are illustrative (`magnitudes.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_samples.drafts import Drafts, service_day
from data_samples.grouped import running_sum, starts
from data_samples.magnitudes import CATEGORIES
from data_samples.people import People
from data_samples.period import DAY, Ints
from data_samples.places import Places

_FEN = 100
_PERCENT = 100
_SPECIAL, _STAY = 4, 5


@dataclass(frozen=True)
class Priced:
    """Fen by draft: paid by the pooled fund, deductible paid, left to the patient; category on the day."""

    pool: Ints
    deductible: Ints
    personal: Ints
    category: Ints


def price(drafts: Drafts, people: People, places: Places, sizes: Mapping[str, Any]) -> Priced:
    """Prices drafts that are sorted by person and time."""
    benefits = sizes["benefits"]
    person, care = drafts["person"].astype(np.int64), drafts["care"]
    day = drafts["at"] // DAY
    category = people.category_on(person, service_day(drafts))
    scope = drafts["total"] - drafts["outside"] - drafts["ceiling"] - drafts["copay"]
    standing = drafts["reversed_at"] < 0
    entitled = drafts["pooled"] & people.insured_here(person)
    annual = entitled & (care < _SPECIAL)
    pool, deductible = _annual(
        np.where(annual, scope, 0),
        standing,
        _benefit_years(person, day),
        category,
        _share(drafts, places, category, benefits),
        benefits,
    )
    special = entitled & (care == _SPECIAL)
    stay = entitled & (care == _STAY)
    threshold = np.minimum(scope, round(benefits["stay_deductible"] * _FEN))
    stay_share = np.array([round(benefits["stay_share"][name] * _PERCENT) for name in CATEGORIES])[category]
    pool = np.where(special, scope * round(benefits["special_share"] * _PERCENT) // _PERCENT, pool)
    pool = np.where(stay, (scope - threshold) * stay_share // _PERCENT, pool)
    deductible = np.where(stay, threshold, deductible)
    return Priced(pool, deductible, drafts["total"] - pool, category)


def _benefit_years(person: Ints, day: Ints) -> Ints:
    """A number for every person and calendar year, rising with both."""
    year = day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return person * 1000 + year


def _share(drafts: Drafts, places: Places, category: Ints, benefits: Mapping[str, Any]) -> Ints:
    """Percent paid by the fund: more at primary care, less at tertiary hospitals."""
    base = np.array([round(benefits["share"][name] * _PERCENT) for name in CATEGORIES])[category]
    step = round(benefits["level_step"] * _PERCENT)
    level = places.level[drafts["provider"]]
    percent: Ints = base + step * np.array([1, 1, 0, -1])[level]
    return percent


def _annual(
    scope: Ints, standing: Any, year: Ints, category: Ints, share: Ints, benefits: Mapping[str, Any]
) -> tuple[Ints, Ints]:
    """Pool and deductible of ordinary care; what is reversed does not count for what comes after."""
    start = starts(year)
    counted = np.where(standing, scope, 0)
    before = running_sum(counted, start) - counted
    deductible = np.array([round(benefits["deductible"][name] * _FEN) for name in CATEGORIES])[category]
    eligible = np.maximum(before + scope - deductible, 0) - np.maximum(before - deductible, 0)
    pool = eligible * share // _PERCENT
    paid = np.where(standing, pool, 0)
    cap = np.array([round(benefits["cap"][name] * _FEN) for name in CATEGORIES])[category]
    room = np.maximum(cap - (running_sum(paid, start) - paid), 0)
    return np.minimum(pool, room), scope - eligible
