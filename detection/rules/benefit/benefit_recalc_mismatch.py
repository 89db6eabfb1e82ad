"""Settlements of ordinary outpatient care that were not paid as the policy says (D20).

The rule prices every settlement again from the policy in force on the day of service. Evidence is a deductible, a
pooled payment or a second layer that differs from the price by more than the tolerance, in favor of either side. A
settlement that was taken back in full is lawful, and what cannot be priced is counted as not assessable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.benefit_cases import undone, with_insured
from detection.circumstances.people.category_of_today import is_of_today, with_other_categories
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.benefit import (
    Step,
    not_covered,
    not_repriced,
    nothing_else_pays,
    recalculated,
    steps,
    with_layers,
)
from features.engine import materialize
from features.money import FEN_PER_YUAN
from features.policy import Policy
from features.registry import Frame

_PARTS = ("in_scope_amount", "fully_self_paid", "over_limit_self_paid", "pre_self_paid")
_KEYS = ("settlement_id", "person_id", "provider_id", "service_day")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements whose deductible, pooled payment or second layer differs from the policy's price.

    What was used up is taken from the whole data, and so is every row's price: the rows that can be assessed are
    chosen from them afterwards. A settlement that was taken back in full is no hit. Money at issue is what the fund
    paid too much, below zero what it paid too little.

    Not assessed, and counted: a benefit year whose beginning is not in the data, people not insured here, parts that
    do not add up, several settlements of a person on a day whose order is not known, and what cannot be priced, because
    the policy is not known or an amount of the year is not recorded.
    """
    compared = materialize(
        nw.concat([_not_assessed(not_covered, context, "not_covered"), _compared(context, thresholds)])
    )
    cause = (
        nw.when(~nw.col("insured"))
        .then(nw.lit("insured_elsewhere"))
        .when(~nw.col("doubtful").is_null())
        .then(nw.lit("cost_in_doubt"))
        .when(~nw.col("orders").is_null())
        .then(nw.lit("order_unknown"))
        .otherwise(nw.col("cause"))
    )
    assessed = (
        with_insured(compared, context)
        .join(_doubtful(context, thresholds), on="settlement_id", how="left")
        .join(_in_any_order(context), on="settlement_id", how="left")
        .with_columns(cause=cause)
    )
    unknown = _not_assessed(not_repriced, context, "value_unknown")
    return nw.concat(
        [part.select(*_KEYS, "cause", "pool", "account") for part in (assessed, unknown)]
    ).select(
        "settlement_id",
        "provider_id",
        "cause",
        "pool",
        "account",
        subject_id=nw.col("provider_id"),
        member_id=nw.col("person_id"),
    )


def steps_of(context: DetectorContext, settlement_ids: Sequence[str]) -> Mapping[str, list[Step]]:
    """How some settlements were priced, step by step, by settlement."""
    wanted = nw.from_native(pl.LazyFrame({"settlement_id": list(settlement_ids)}))
    settlements = context.whole.settlements
    people = settlements.join(wanted, on="settlement_id", how="semi").select("person_id").unique()
    theirs = settlements.join(people, on="person_id", how="semi")
    priced: pl.LazyFrame = (
        _with_prescriptions(recalculated, context)(theirs, context.whole.providers, context.policy)
        .join(wanted, on="settlement_id", how="semi")
        .to_native()
    )
    return {
        row["settlement_id"]: steps(row, context.policy) for row in priced.collect().iter_rows(named=True)
    }


def _compared(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements that differ by more than the tolerance, with the cause and what was paid too much.

    What other funds paid above the named layers may be of a layer that the policy does not name.
    The second layer is a case of its own, with its own money, whatever the pool paid.
    """
    # what differs, and everybody's first of a year: read three times below, priced once
    differs = ~nw.col("cause").is_null() | (nw.col("second").abs() > _tolerance(thresholds))
    all_priced = _priced(context, thresholds, context.whole.settlements)
    priced = materialize(all_priced.filter(nw.col("unused") | differs))
    whole = _is_whole(context, thresholds)
    cause_or_unsure = nw.when(whole).then(nw.col("cause")).otherwise(nw.lit("year_not_whole"))
    differing = _whatever_the_category(_differing(priced, context, thresholds), context, thresholds)
    return (
        _standing(differing, context)
        .join(_openings(priced, context), on="benefit_year", how="left")
        .select(*_KEYS, "pool", cause=cause_or_unsure, account=nw.lit(0, dtype=nw.Int64))
    )


def _priced(context: DetectorContext, thresholds: Thresholds, settlements: Frame) -> Frame:
    """Settlements with what differs from their price: ``cause``, ``pool``, ``second``; ``unused``: nothing before."""
    tolerance = _tolerance(thresholds)
    pool = nw.col("pool_paid") - nw.col("expected_pool")
    paid = nw.col("other_fund_paid")
    beyond = (
        nw.when(paid > nw.col("other_most"))
        .then(paid - nw.col("other_most"))
        .when(paid < nw.col("other_least"))
        .then(paid - nw.col("other_least"))
        .otherwise(nw.lit(0))
    )
    deductible = (nw.col("deductible_paid") - nw.col("expected_deductible")).abs() > tolerance
    cause = (
        nw.when(deductible)
        .then(nw.lit("deductible"))
        .when(nw.col("pool") > tolerance)
        .then(nw.lit("pool_too_high"))
        .when(nw.col("pool") < 0 - tolerance)
        .then(nw.lit("pool_too_low"))
    )
    repriced = _with_prescriptions(recalculated, context)(
        settlements, context.whole.providers, context.policy
    )
    return (
        with_layers(repriced, context.whole.enrolments, context.policy)
        .with_columns(pool=pool, second=beyond, unused=_nothing_before())
        .with_columns(cause=cause)
        .select(*_KEYS, "benefit_year", "in_scope", "cause", "pool", "second", "unused")
    )


def _differing(priced: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Rows of `_priced` that differ, those of other funds as rows of their own."""
    tolerance = _tolerance(thresholds)
    other = (nw.col("second") > 0) & ~nothing_else_pays(context.policy)
    layer = priced.filter(nw.col("second").abs() > tolerance).with_columns(
        cause=nw.when(other).then(nw.lit("other_fund_unexplained")).otherwise(nw.lit("second_layer")),
        pool=nw.col("second"),
    )
    return nw.concat([priced.filter(~nw.col("cause").is_null()), layer])


def _whatever_the_category(differing: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Where categories are those of today: what differs for one category only, and not for another, is not known."""
    if not is_of_today(context, "settlements"):
        return differing
    keys = ["settlement_id", "cause"]
    doubtful = []
    for settlements in with_other_categories(context.whole.settlements):
        priced = _priced(context, thresholds, settlements)
        other = _differing(priced, context, thresholds).select(keys)
        of_other = differing.select(keys).join(priced.select("settlement_id"), on="settlement_id", how="semi")
        doubtful.append(of_other.join(other, on=keys, how="anti"))
    right = nw.concat(doubtful).unique().with_columns(right=nw.lit(True))
    cause = nw.when(nw.col("right")).then(nw.lit("category_unknown")).otherwise(nw.col("cause"))
    return differing.join(right, on=keys, how="left").with_columns(cause=cause).drop("right")


def _tolerance(thresholds: Thresholds) -> nw.Expr:
    return thresholds.expression("tolerance", nw.col("service_day")) * FEN_PER_YUAN


def _nothing_before() -> nw.Expr:
    """Whether nothing of the year was used up before, as far as the data have it."""
    return nw.all_horizontal(
        *(nw.col(f"{name}_before") == 0 for name in ("eligible", "deductible", "pool")), ignore_nulls=False
    )


def _is_whole(context: DetectorContext, thresholds: Thresholds) -> nw.Expr:
    """Whether what was used up in the benefit year of a row of `_openings` is on record from the year's beginning.

    The data begin in time; or else nearly everybody's first settlement of the year was paid as if nothing was used up.
    """
    day = nw.col("service_day")
    began = context.policy.cut_over
    opening = nw.lit(1)
    if began is not None:
        first_year = nw.col("benefit_year") == began.year
        opening = nw.when(first_year).then(nw.lit(began.timetuple().tm_yday)).otherwise(opening)
    first_day = nw.col("first_day").cast(nw.Date)
    late = first_day.dt.ordinal_day() - opening >= thresholds.expression("opening_days", day)
    data_year = first_day.dt.year()
    in_time = (data_year < nw.col("benefit_year")) | ((data_year == nw.col("benefit_year")) & ~late)
    share = nw.col("agreeing") >= nw.col("people") * thresholds.expression("opening_share", day)
    return in_time | (share & (nw.col("people") > 0))


def _openings(priced: Frame, context: DetectorContext) -> Frame:
    """How each benefit year begins in the data: benefit_year, people, agreeing, first_day.

    ``people`` have a first settlement of the year on record; of ``agreeing`` it was paid as if nothing was used up.
    """
    agreeing = nw.col("unused") & nw.col("cause").is_null()
    return (
        priced.with_columns(agreeing=agreeing.cast(nw.Int64), people=nw.col("unused").cast(nw.Int64))
        .group_by("benefit_year")
        .agg(nw.col("people").sum(), nw.col("agreeing").sum())
        .join(context.views["observed"].select("first_day"), how="cross")
    )


def _standing(priced: Frame, context: DetectorContext) -> Frame:
    """Those that were not taken back in full: a corrected error is no error."""
    left = nw.col("in_scope") + nw.col("undone").fill_null(0)
    return priced.join(undone(context), on="settlement_id", how="left").filter(
        (left > 0) | nw.col("undone").is_null()
    )


def _doubtful(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements whose parts do not add up to their total: a defect of the data, so that they have no price."""
    off = (nw.col("total_amount") - sum((nw.col(name) for name in _PARTS[1:]), nw.col(_PARTS[0]))).abs()
    broken = off > thresholds.expression("sum_tolerance", nw.col("service_day")) * FEN_PER_YUAN
    return context.whole.settlements.filter(broken).select("settlement_id", doubtful=nw.lit(True))


def _in_any_order(context: DetectorContext) -> Frame:
    """Settlements of a person on a day with several, whose times are days: what was used up first is not known."""
    several = nw.len().over("person_id", "settled_day") > 1
    by_day = context.whole.settlements.filter(nw.col("settled_minute").is_null())
    return by_day.filter(several).select("settlement_id", orders=nw.lit(True))


def _with_prescriptions(
    which: Callable[..., Frame], context: DetectorContext
) -> Callable[[Frame, Frame, Policy], Frame]:
    """The query with ``prescriptions_known``: without prescriptions only purchases remain."""
    return partial(which, prescriptions_known=context.whole.has("settlements", "prescription_no"))


def _not_assessed(which: Callable[..., Frame], context: DetectorContext, cause: str) -> Frame:
    """Settlements that cannot be assessed, with the cause that explains it."""
    nothing = nw.lit(0, dtype=nw.Int64)
    compared = _with_prescriptions(which, context)(
        context.whole.settlements, context.whole.providers, context.policy
    )
    return compared.select(*_KEYS, pool=nothing, cause=nw.lit(cause), account=nothing)
