"""The area's illustrative benefit values, for scenes that plan sums by them."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import CATEGORIES
from data_samples.scenes import Stage
from features.money import FEN_PER_YUAN


def category_of(city: Stage, person: int, day: int) -> str:
    """The person's category on the day."""
    return CATEGORIES[int(city.people.category_on(np.array([person]), np.array([day]))[0])]


def cost_of_a_cap(city: Stage, person: int, day: int, visits: int) -> int:
    """Fen of in-scope cost in health centers with which an employee reaches the year's cap, roughly."""
    benefits, category = city.here["benefits"], category_of(city, person, day)
    ratio = float(benefits["ratio"][category]["primary"])
    own = float(benefits["deductible"][category]) + visits * float(benefits["visit_deductible"]["primary"])
    return round((float(benefits["cap"]) / ratio + own) * FEN_PER_YUAN)


def year_ends(city: Stage) -> list[int]:
    """Last days of the years that end within the period."""
    days = np.arange(city.period.first_day, city.period.last_day + 1).astype("datetime64[D]")
    last = days[(days + 1).astype("datetime64[Y]") != days.astype("datetime64[Y]")]
    ends: list[int] = last.astype(np.int64).tolist()
    return ends
