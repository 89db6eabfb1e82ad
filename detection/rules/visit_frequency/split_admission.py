"""One hospital stay billed as several: the same patient back within days (D24).

Two looks, each of which pays for both: back for the same illness, and back for whichever illness the bill names,
because a stay that is cut on paper may be given another one.

Null: patients of an illness come back as often as to all the other hospitals; gamma-Poisson with the peers' spread.
Exposure: discharges that the data follow for long enough. Rivals: courses under a programme are left out, and so are
patients admitted at even distances who are at home for longer than in bed, as in cycles of treatment; an illness whose
patients everywhere return, as for chemotherapy, or fall ill again, is expected to; several bills of one admission are
one stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.courses import planned_stays
from detection.circumstances.bills.stays import stays
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, by_kind
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PATIENT = ["provider_id", "person_id"]
_PRIOR = Prior(rate=0.03, weight=20.0, most_even=10.0)


@dataclass(frozen=True)
class _Returns:
    """Discharges as `_followed` returns them, and their hospitals as `by_kind` does."""

    followed: pl.DataFrame
    places: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The stays that follow so soon, at the hospitals where they do so more often than elsewhere."""
    least = int(thresholds.latest("min_returns"))
    next_day = pl.col("gap") <= int(thresholds.latest("next_day"))
    same, every = _both_returns(context, thresholds)
    again = [
        returns.followed.filter("back").join(
            returns.places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least), on="provider_id"
        )
        for returns in (same, every)
    ]
    cause = (
        pl.when(pl.col("next_kind") != pl.col("kind"))
        .then(pl.lit("other_illness"))
        .when(next_day)
        .then(pl.lit("next_day"))
        .otherwise(pl.lit("within_days"))
    )
    return nw.from_native(
        pl.concat(again)
        .with_columns(pl.col("value").max().over("provider_id"))
        .unique([*_PATIENT, "next_admitted_day"], keep="first", maintain_order=True)
        .explode("next_bills")
        .lazy()
        .select(
            "provider_id",
            settlement_id="next_bills",
            subject_id="provider_id",
            strength="value",
            cause=cause,
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every hospital with such a return: the stronger of the two looks."""
    both = pl.concat(returns.places for returns in _both_returns(context, thresholds))
    strongest = both.sort("provider_id", "value", "observed", descending=[False, True, True])
    return nw.from_native(about_providers(strongest.unique("provider_id", keep="first", maintain_order=True)))


@remembered
def _both_returns(context: DetectorContext, thresholds: StatisticalThresholds) -> tuple[_Returns, _Returns]:
    """Back for the same illness, and back for whichever."""
    every = stays(context)
    days = int(thresholds.latest("within_days"))
    known = every.filter(pl.col("kind") != "")
    once = planned_stays(every.with_columns(kind=pl.lit(""))).select(_PATIENT)
    of_one_illness = known.join(planned_stays(known), on=[*_PATIENT, "kind"], how="anti")
    unplanned = every.join(planned_stays(known), on=[*_PATIENT, "kind"], how="anti")
    of_any = unplanned.join(once, on=_PATIENT, how="anti")
    last = _last_day(context) - days
    kinds = [
        _followed(of_one_illness, [*_PATIENT, "kind"], days, last),
        _followed(of_any, _PATIENT, days, last),
    ]
    same, whichever = (_Returns(each, _places(each, len(kinds))) for each in kinds)
    return same, whichever


def _places(followed: pl.DataFrame, comparisons: int) -> pl.DataFrame:
    cells = followed.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("back").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR, comparisons=comparisons, outliers_apart=True)


def _last_day(context: DetectorContext) -> int:
    observed: pl.DataFrame = context.views["observed"].to_native().collect()
    return int(observed["last_day"][0] or 0)


def _followed(left: pl.DataFrame, of: list[str], days: int, last: int) -> pl.DataFrame:
    """Discharges until a last day, with the next stay of the same columns ``of``, and whether it came so soon.

    Returns:
        provider_id, person_id, kind, gap (days to the next stay), next_admitted_day, next_kind, next_bills, back.
    """
    following = pl.col("admitted_day", "kind", "bills").shift(-1).over(of)
    return (
        left.sort(*of, "admitted_day")
        .with_columns(following.name.prefix("next_"))
        .with_columns(gap=pl.col("next_admitted_day") - pl.col("discharged_day"))
        .filter(pl.col("discharged_day") <= last)
        .with_columns(back=pl.col("gap").is_between(0, days).fill_null(value=False))
        .select(*_PATIENT, "kind", "gap", "next_admitted_day", "next_kind", "next_bills", "back")
    )
