"""Lists of fund risk: what the pool pays, cost outside the catalogue, stopped programmes in use, short stays."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.findings import Findings
from detection.indicators.lists import monthly, periodic, settlement_rows
from detection.indicators.thresholds import ThresholdValues
from features.indicators.care import ordinary_visits, within
from features.indicators.periods import Period
from features.registry import Frame, Relations, view
from features.visits.settlements import count

CLOSED_POLICY, PROGRAMME_STOPPED = "closed_policy_use", "programme_stopped"
"""The detector of benefits used after they were stopped (D21), and its cause that is counted."""


@monthly(record="settlement")
def pool_cost_per_visit(views: Relations, _: ThresholdValues) -> Frame:
    """What the pooled fund paid, by settlement that it paid for; its parts are the kinds of care."""
    return settlement_rows(
        views["pool_payments"], nw.col("pool"), nw.lit(1), nw.col("care_type").alias("part")
    )


@periodic()
def pool_visits_per_person(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """Settlements that the pooled fund paid for, by person; a row a person."""
    visits = within(views, "pool_payments", periods).group_by("period", "insured_code")
    return visits.agg(count().alias("numerator")).with_columns(denominator=nw.lit(1).cast(nw.Int64))


@monthly(record="settlement")
def self_pay_share(views: Relations, _: ThresholdValues) -> Frame:
    """Of the cost of ordinary outpatient care, what lies outside the catalogue or above a ceiling."""
    return settlement_rows(ordinary_visits(views), nw.col("self_paid"), nw.col("total"))


@monthly(record="settlement")
def surplus_supply(views: Relations, _: ThresholdValues) -> Frame:
    """Of the days of supply of drugs, those for which the last supply, of another place, still lasted."""
    return settlement_rows(views["drug_supplies"], nw.col("surplus"), nw.col("days"))


@monthly(record="settlement")
def late_programme_use(views: Relations, _: ThresholdValues) -> Frame:
    """Of outpatient settlements, ordinary and chronic, those under a programme that was stopped; a row a settlement."""
    late = views["late_programme_settlements"].with_columns(late=nw.lit(1).cast(nw.Int64))
    visits = views["outpatient_settlements"].join(late, on="settlement_id", how="left")
    return settlement_rows(visits, nw.col("late").fill_null(0), nw.lit(1))


@view(
    grain="settlement under a stopped programme",
    persist=True,
    order=("settlement_id",),
    schema={"settlement_id": nw.String},
)
def late_programme_settlements(findings: Findings) -> Frame:
    """Settlements that the detector reported to be under a programme that had been stopped."""
    reported = findings.reported_by(CLOSED_POLICY)
    return reported.filter(nw.col("cause") == PROGRAMME_STOPPED).select("settlement_id")


@monthly(record="settlement")
def short_stays(views: Relations, thresholds: ThresholdValues) -> Frame:
    """Of hospital stays, those without surgery of at most ``short_stay_days``; a row a stay.

    A stay is surgical when the name of an item charged in it contains one of ``surgery_words``.
    """
    words = thresholds.texts("surgery_words")
    surgery = [nw.col("item_name").str.contains(word, literal=True) for word in words]
    charged = views["stay_items"].filter(nw.any_horizontal(*surgery, ignore_nulls=True))
    surgical = charged.select("settlement_id").unique().with_columns(surgical=nw.lit(True))
    stays = views["hospital_stays"].join(surgical, on="settlement_id", how="left")
    short = (nw.col("days") <= thresholds.integer("short_stay_days")) & nw.col("surgical").is_null()
    return settlement_rows(stays, short.cast(nw.Int64), nw.lit(1))
