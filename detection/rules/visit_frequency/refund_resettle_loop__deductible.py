"""A yearly deductible used up by a large bill that is taken back weeks later, with pooled visits in between (D09).

Evidence is the bill and the visits that the pooled fund paid before it was taken back. Two signs are put together
(Fisher): how late it was taken back, among all late reversals; and on how many days the fund paid in between, against
the person's own rate and against what is usual after such a bill (gamma-Poisson, the bills that were kept). Exposed
are the large bills that were taken back late. The cases of a place add up.

Rivals: a late refund that opens the deductible again comes within the usual days; an illness has a large bill and
visits after it, and so have the bills that were kept; several departments on one day are one visit.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.contract.vocabulary import ORDINARY_CARE
from features.engine import collect, materialize
from features.registry import Frame
from features.visits.settlements import count, is_reversal, net_of_reversals
from models.evidence.combined import fisher, rarity
from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.unit import ALERT, MOST
from models.evidence.unit import evidence as evidence_of

_PERCENT, _MONTHS = 100, 12
_YEARLY = ["person_category", "benefit_year"]
_IN_FULL = 0.9
_MOST_EVEN = 5.0


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills that were taken back, and what the fund paid there in between, where a place has such evidence."""
    visits, assessed = _assessed(context, thresholds)
    cases = assessed.filter(pl.col("strength") >= ALERT)
    bills = nw.from_native(cases.lazy())
    between = _between(bills.drop("settlement_id"), visits, ["person_id", "provider_id"])
    nothing = nw.lit(0).cast(nw.Int64)
    columns = ["settlement_id", "provider_id", "strength", "pool", "account"]
    return nw.concat(
        [
            bills.with_columns(pool=nothing, account=nothing).select(columns),
            between.with_columns(pool=nw.col("pool_paid"), account=nothing).select(columns),
        ]
    ).with_columns(cause=nw.lit("burnt"), subject_id=nw.col("provider_id"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about the persons and the places of such bills."""
    _, cases = _assessed(context, thresholds)
    sums = [pl.col("days").sum().cast(pl.Float64).alias("observed"), pl.col("expected").sum()]
    persons = cases.group_by("person_id").agg(pl.col("value").max(), *sums)
    places = cases.group_by("provider_id").agg(pl.col("strength").max().alias("value"), *sums)
    parts = [("person", persons, "person_id"), ("provider", places, "provider_id")]
    return nw.from_native(
        pl.concat(
            part.select("value", "observed", "expected", subject_kind=pl.lit(kind), subject_id=key)
            for kind, part, key in parts
        ).lazy()
    )


@remembered
def _assessed(context: DetectorContext, thresholds: StatisticalThresholds) -> tuple[Frame, pl.DataFrame]:
    """What the fund paid, and the bills with evidence."""
    visits = materialize(_pooled(context))
    return visits, _cases(context, visits, thresholds)


def _cases(context: DetectorContext, visits: Frame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Large bills that were taken back late, with visits in between.

    Columns: settlement_id, person_id, provider_id, settled_day, until_day, days, expected, value (evidence), strength
    (that of the place together).
    """
    late = int(thresholds.latest("late_days"))
    bills = materialize(_with_until(_large_bills(context, thresholds), context, thresholds))
    counted = collect(_with_days(bills, visits, context))
    kept, undone = counted.filter(pl.col("delay").is_null()), counted.filter(pl.col("delay") >= late)
    delays = collect(_reversed(context).filter(nw.col("delay") >= late).select("delay"))["delay"]
    days_kept, usual_kept = kept["days"].to_numpy(), kept["usual"].to_numpy()
    after_such = max(float((days_kept.sum() + 1) / (usual_kept.sum() + 1)), 1.0)
    shape = min(fitted_shape(days_kept, usual_kept * after_such), _MOST_EVEN)
    expected = undone["usual"].to_numpy() * after_such
    surprise = fisher(
        rarity(undone["delay"], delays), gamma_poisson_surprise(undone["days"], expected, shape)
    )
    measured = undone.with_columns(
        pl.Series("expected", expected, pl.Float64),
        pl.Series("value", evidence_of(surprise, undone.height), pl.Float64),
    ).filter(pl.col("value") > 0, pl.col("days") >= int(thresholds.latest("least_visits")))
    together = pl.col("value").sum().over("provider_id").clip(upper_bound=MOST)
    return measured.with_columns(strength=together).drop("delay", "usual")


def _large_bills(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Bills that used up a large part of the deductible that most of the category pay in that year."""
    care = context.assessable.settlements.filter(
        ~is_reversal(), nw.col("care_type").is_in(ORDINARY_CARE), nw.col("deductible_paid") > 0
    ).with_columns(benefit_year=nw.col("service_month") // _MONTHS)
    yearly = (
        care.group_by("person_id", *_YEARLY)
        .agg(nw.col("deductible_paid").sum())
        .group_by(_YEARLY)
        .agg(in_full=nw.col("deductible_paid").quantile(_IN_FULL, interpolation="nearest"))
    )
    share = nw.col("deductible_paid") * _PERCENT >= nw.col("in_full") * int(
        thresholds.latest("large_percent")
    )
    return care.join(yearly, on=_YEARLY, how="inner").filter(share)


def _reversed(context: DetectorContext) -> Frame:
    """Ordinary care that was taken back in full: settlement_id, delay (days), undone_day."""
    undone = context.assessable.settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        settlement_id=nw.col("reverses_settlement_id"),
        undone_day=nw.col("settled_day"),
        undone_amount=nw.col("total_amount"),
    )
    care = context.assessable.settlements.filter(~is_reversal(), nw.col("care_type").is_in(ORDINARY_CARE))
    return (
        care.select("settlement_id", "settled_day", "total_amount")
        .join(undone, on="settlement_id", how="inner")
        .filter(nw.col("total_amount") + nw.col("undone_amount") == 0)
        .select("settlement_id", "undone_day", delay=nw.col("undone_day") - nw.col("settled_day"))
    )


def _with_until(bills: Frame, context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Bills with ``delay`` and ``until_day``: when they were taken back, or some weeks later if they were kept."""
    kept_until = nw.col("settled_day") + int(thresholds.latest("weeks_days"))
    return (
        bills.select("settlement_id", "person_id", "provider_id", "settled_day")
        .join(_reversed(context), on="settlement_id", how="left")
        .with_columns(until_day=nw.col("undone_day").fill_null(kept_until))
        .drop("undone_day")
    )


def _pooled(context: DetectorContext) -> Frame:
    """What the pooled fund paid for ordinary care, after reversals."""
    care = context.assessable.settlements.filter(nw.col("care_type").is_in(ORDINARY_CARE))
    net = net_of_reversals(care).filter(nw.col("pool_paid") > 0)
    return net.select(
        "settlement_id", "person_id", "provider_id", "pool_paid", visit_day=nw.col("settled_day")
    )


def _between(bills: Frame, visits: Frame, on: list[str]) -> Frame:
    """The visits after each bill, until it was taken back."""
    joined = bills.join(visits, on=on, how="inner", suffix="_of_visit")
    return joined.filter(
        nw.col("visit_day") > nw.col("settled_day"), nw.col("visit_day") <= nw.col("until_day")
    )


def _with_days(bills: Frame, visits: Frame, context: DetectorContext) -> Frame:
    """Bills with ``days`` on which the fund paid in between, and ``usual``: so many at the person's rate otherwise."""
    observed = context.views["observed"].select(
        all_days=(nw.col("last_day") - nw.col("first_day") + 1).cast(nw.Float64)
    )
    days = visits.select("person_id", "visit_day").unique()
    of_person = days.group_by("person_id").agg(ever=count())
    between = _between(bills, days, ["person_id"]).group_by("settlement_id").agg(days=count())
    window = (nw.col("until_day") - nw.col("settled_day")).cast(nw.Float64)
    otherwise = (nw.col("ever") - nw.col("days") + 0.5) / nw.max_horizontal(
        nw.col("all_days") - window, nw.col("all_days") * 0 + 1
    )
    return (
        bills.join(between, on="settlement_id", how="left")
        .join(of_person, on="person_id", how="left")
        .join(observed, how="cross")
        .with_columns(nw.col("days", "ever").fill_null(0))
        .with_columns(usual=otherwise * window)
        .drop("ever", "all_days")
    )
