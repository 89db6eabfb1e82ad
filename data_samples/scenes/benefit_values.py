"""The area's illustrative benefit values, for scenes that plan amounts by them."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import LEVELS
from data_samples.scenes import Stage
from features.money import FEN_PER_YUAN


def ratio(city: Stage, category: str, level: str) -> float:
    """The fund's ratio up to the first segment; ungraded institutions and pharmacies count as primary."""
    by_level = city.here["benefits"]["ratio"][category]
    return float(by_level["primary" if level == "ungraded" else level])


def level_of(city: Stage, provider: int) -> str:
    """The provider's level as the benefit takes it."""
    name = LEVELS[int(city.places.level[provider])]
    return "primary" if name == "ungraded" else name


def deductible(city: Stage, category: str) -> int:
    """Fen of the annual deductible."""
    return round(float(city.here["benefits"]["deductible"][category]) * FEN_PER_YUAN)


def visit_deductible(city: Stage, level: str) -> int:
    """Fen of the deductible of each visit."""
    return round(float(city.here["benefits"]["visit_deductible"][level]) * FEN_PER_YUAN)


def cost_of_the_cap(city: Stage, category: str, visits: int) -> int:
    """Fen of in-scope cost at primary level with which somebody reaches the annual cap in so many visits."""
    benefits = city.here["benefits"]
    cap, below = float(benefits["cap"]), ratio(city, category, "primary")
    segment = float(benefits.get("segment_from", np.inf))
    above = float(benefits.get("ratio_above", benefits["ratio"])[category]["primary"])
    eligible = cap / below if cap <= segment * below else segment + (cap - segment * below) / above
    own = deductible(city, category) + visits * visit_deductible(city, "primary")
    return round(eligible * FEN_PER_YUAN) + own


def whole_years(city: Stage) -> list[tuple[int, int]]:
    """First day within the period, and last day, of the whole benefit years that end in the period."""
    days = np.arange(city.period.first_day, city.period.last_day + 1)
    years = days.astype("datetime64[D]").astype("datetime64[Y]")
    spans = []
    for year in np.unique(years):
        begin = int(year.astype("datetime64[D]").astype(np.int64))
        end = int((year + 1).astype("datetime64[D]").astype(np.int64)) - 1
        if city.policy_start <= begin and end <= city.period.last_day:
            spans.append((max(begin, city.period.first_day), end))
    return spans
