"""Settlements taken back within minutes, again and again, for one person, by one operator or at one place (D09).

Evidence is a settlement that was reversed in full within minutes. Three counts are compared with the rate of all the
others, as uneven as they are (gamma-Poisson): the loops of a person at a place, per settlement there; the people of an
operator with two loops or more in a visit, per person served; the days of a place with a loop that no further
settlement followed, against the days that its bills let one expect. A person's loops are counted three times: all of
them, those without a further settlement, and the days with two or more.

Rivals: a cashier's correction is what the rate consists of, and one loop of one visit, so it costs nothing; a
terminal out of order makes one bad day of a place; a new cashier corrects each person once.
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from detection.circumstances.quick_reversals import (
    PAIR,
    counter_settlements,
    quick_reversals,
    with_resettled,
)
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.of_counts import against_others
from features.engine import materialize
from features.money import FEN_PER_YUAN
from features.registry import Frame
from features.visits.settlements import count
from features.windows import n_within
from models.evidence.others import Prior
from models.evidence.unit import ALERT, MOST

_REPEATED_BY = {"same_person": "person_id", "same_operator": "operator_id", "same_place": "provider_id"}
_KINDS = {"same_person": "person", "same_operator": "operator", "same_place": "provider"}
_COUNTER = ["provider_id", "operator_id"]
_VISIT = [*_COUNTER, "person_id", "settled_day"]
_CASE = ["provider_id", "repeated_by", "cause"]
_SUMS = ("value", "observed", "expected")
_PERCENT = 100


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The loops of the persons, operators and places with the evidence of an alert, and enough money in them."""
    loops, assessed = _assessed(context, thresholds)
    cases = assessed.filter(nw.col("value") >= ALERT)
    least = int(thresholds.latest("least_amount")) * FEN_PER_YUAN
    return (
        nw.concat(list(_repeated(loops, thresholds)))
        .join(cases, on=_CASE, how="inner")
        .filter(nw.col("total_amount").sum().over(*_CASE) >= least)
        .select("settlement_id", *_CASE, subject_id=nw.col("provider_id"), strength=nw.col("value"))
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about persons, operators and providers; that of a provider's persons is added up."""
    _, cases = _assessed(context, thresholds)
    persons = cases.filter(nw.col("cause") == "same_person").group_by("provider_id")
    together = persons.agg(*(nw.col(name).sum() for name in _SUMS))
    kind = nw.col("cause").replace_strict(list(_KINDS), list(_KINDS.values()), return_dtype=nw.String)
    return nw.concat(
        [
            cases.select(*_SUMS, subject_kind=kind, subject_id=nw.col("repeated_by")),
            together.select(*_SUMS, subject_kind=nw.lit("provider"), subject_id=nw.col("provider_id")),
        ]
    ).with_columns(nw.col("value").clip(upper_bound=MOST))


@remembered
def _assessed(context: DetectorContext, thresholds: StatisticalThresholds) -> tuple[Frame, Frame]:
    """The loops, and the evidence of those who have some."""
    settled = counter_settlements(context)
    loops = materialize(_loops(settled, context, thresholds))
    return loops, materialize(_cases(settled, loops, thresholds))


def _loops(settled: Frame, context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements that were taken back within minutes, with ``resettled`` and ``in_visit``, the loops of the visit."""
    within, again = (int(thresholds.latest(name)) for name in ("within_minutes", "resettled_minutes"))
    loops = quick_reversals(settled, context, within)
    return with_resettled(loops, settled, again).with_columns(
        in_visit=nw.len().over(*_VISIT).cast(nw.Int64),
    )


def _repeated(loops: Frame, thresholds: StatisticalThresholds) -> Iterator[Frame]:
    """The loops of each cause that are enough to look at: many in a short time, or of many days."""
    many, days = int(thresholds.latest("min_loops")), int(thresholds.latest("window_days"))
    dense = n_within(many, days, day="settled_day", over=PAIR, order_by=["settled_minute", "settlement_id"])
    yield _with_case(loops.filter(dense), "same_person")
    yield _with_case(_crowded(loops, thresholds), "same_operator")
    of_place = {name: nw.col(name).n_unique().over("provider_id") for name in ("settled_day", "person_id")}
    spread = of_place["settled_day"] >= int(thresholds.latest("min_days"))
    several = of_place["person_id"] >= int(thresholds.latest("min_visits"))
    yield _with_case(loops.filter(~nw.col("resettled")).filter(spread, several), "same_place")


def _crowded(loops: Frame, thresholds: StatisticalThresholds) -> Frame:
    """Loops of an operator's visits with several of them, where many people had such visits within days."""
    again, many = int(thresholds.latest("loops_per_visit")), int(thresholds.latest("min_visits"))
    days = int(thresholds.latest("operator_days"))
    dense = n_within(many, days, day="settled_day", over=_COUNTER, order_by=["settled_day", "person_id"])
    visits = (
        loops.filter(nw.col("in_visit") >= again, ~nw.col("operator_id").is_null())
        .select(*_VISIT)
        .unique()
        .filter(dense)
        .filter(nw.col("person_id").n_unique().over(*_COUNTER) >= many)
    )
    return loops.join(visits, on=_VISIT, how="semi")


def _with_case(loops: Frame, cause: str) -> Frame:
    repeated_by = nw.col(_REPEATED_BY[cause])
    return loops.select(
        "settlement_id", "provider_id", "total_amount", repeated_by=repeated_by, cause=nw.lit(cause)
    )


def _cases(settled: Frame, loops: Frame, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person at a place, operator and place that has a loop: columns of ``_CASE`` and ``_SUMS``."""
    usual = float(thresholds.latest("usual_percent")) / _PERCENT
    once, twice = Prior(usual), Prior(usual**2)
    unexplained = loops.filter(~nw.col("resettled"))
    per_visit = int(thresholds.latest("loops_per_visit"))
    again = loops.filter(nw.col("in_visit") >= per_visit)
    served, several = (
        each.filter(~nw.col("operator_id").is_null()).select(*_COUNTER, "person_id").unique()
        for each in (settled, again)
    )
    days, turned = (
        each.select(*PAIR, "settled_day").unique()
        for each in (settled, loops.filter(nw.len().over(*PAIR, "settled_day") >= per_visit))
    )
    bad_days = unexplained.select("provider_id", "settled_day").unique()
    compared = [
        ("same_person", settled, loops, once),
        ("same_person", settled, unexplained, once),
        ("same_person", days, turned, twice),
        ("same_operator", served, several, twice),
        ("same_place", _days(settled, unexplained), bad_days, Prior(1.0, 1.0)),
    ]
    measured = [_measured(*each) for each in compared]
    return nw.concat(measured).group_by(_CASE).agg(*(nw.col(name).max() for name in _SUMS))


def _days(settled: Frame, loops: Frame) -> Frame:
    """Days of every place, with ``weight``: the chance of a loop on that day if loops fell anywhere alike.

    A busy place has one on most days.
    """
    of_day = settled.group_by("provider_id", "settled_day").agg(settlements=count())
    share = loops.select(loops=count()).join(settled.select(all=count()), how="cross")
    none = 1 - nw.col("loops") / nw.col("all")
    return of_day.join(share, how="cross").with_columns(weight=1 - none ** nw.col("settlements"))


def _measured(cause: str, exposed: Frame, seen: Frame, prior: Prior) -> Frame:
    keys = list(dict.fromkeys(["provider_id", _REPEATED_BY[cause]]))
    return against_others(exposed, seen, keys, prior).select(
        "provider_id",
        *_SUMS[:1],
        nw.col("observed").cast(nw.Float64),
        "expected",
        repeated_by=nw.col(_REPEATED_BY[cause]),
        cause=nw.lit(cause),
    )
