"""D20: the fund paid otherwise than the rules of the benefit say, for each of four causes.

Too much, too little, by the values of another level, or with the deductible charged again. Before, each patient has
used up the annual deductible. These are errors of the agency or of its system.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import deductible, level_of, ratio, visit_deductible
from data_samples.scenes.whereabouts import in_hours, within_a_year

_CATEGORIES = ("active", "retired")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient of one hospital or center, with some visits that are priced wrong."""
    causes = (_too_much, _too_little, _another_level, _deductible_again)
    for number, strength in enumerate(city.strengths(rng, max(instances, len(causes)))):
        ranges = city.ranges("benefit_recalc_mismatch", strength)
        cause = causes[number % len(causes)]
        category = _CATEGORIES[number // len(causes) % 2]
        patient = int(city.pick_people(rng, 1, categories=[category], unrelated=False)[0])
        place = int(city.pick_providers(rng, "hospital" if cause is _another_level else "primary_care")[0])
        first, last = within_a_year(city, rng, ranges.count(rng, "days"), city.policy_start)
        _visit(city, rng, patient, place, np.array([first]), np.array([deductible(city, category) + 50_000]))
        days = city.days(rng, ranges.count(rng, "visits", last - first), first + 1, last)
        scope = ranges.fen(rng, "cost", len(days))
        handles = _visit(city, rng, patient, place, days, scope)
        cause(city, rng, handles, scope, place, category, ranges)
        city.instance("benefit_recalc_mismatch", strength=strength).subject("person", patient).settled(
            handles
        )


def _too_much(
    city: Stage,
    rng: np.random.Generator,
    handles: Ints,
    scope: Ints,
    _place: int,
    _category: str,
    ranges: Ranges,
) -> None:
    """Some percent of the cost more than due."""
    city.misprice(handles, pool_fen=scope * ranges.counts(rng, "percent", len(scope)) // 100)


def _too_little(
    city: Stage,
    rng: np.random.Generator,
    handles: Ints,
    scope: Ints,
    _place: int,
    _category: str,
    ranges: Ranges,
) -> None:
    """Some percent of the cost are left to the patient that the fund owes."""
    city.misprice(handles, pool_fen=-(scope * ranges.counts(rng, "percent", len(scope)) // 100))


def _another_level(
    city: Stage,
    _rng: np.random.Generator,
    handles: Ints,
    scope: Ints,
    place: int,
    category: str,
    _ranges: Ranges,
) -> None:
    """A hospital is paid by the ratio of primary care."""
    level = level_of(city, place)
    eligible = scope - visit_deductible(city, level)
    more = ratio(city, category, "primary") - ratio(city, category, level)
    city.misprice(handles, pool_fen=eligible * round(more * 100) // 100)


def _deductible_again(
    city: Stage,
    _rng: np.random.Generator,
    handles: Ints,
    scope: Ints,
    place: int,
    category: str,
    _ranges: Ranges,
) -> None:
    """The annual deductible, or that of the visit, is taken a second time."""
    level = level_of(city, place)
    again = deductible(city, category) + visit_deductible(city, level)
    fen = np.minimum(again, scope - visit_deductible(city, level))
    less = fen * round(ratio(city, category, level) * 100) // 100
    city.misprice(handles, pool_fen=-less, deductible_fen=fen)


def _visit(city: Stage, rng: np.random.Generator, patient: int, place: int, days: Ints, scope: Ints) -> Ints:
    """Visits of which everything is in scope."""
    at = in_hours(rng, days)
    return city.settle(rng, patient, place, at, care="outpatient", total=scope, in_scope=True, certain=False)
