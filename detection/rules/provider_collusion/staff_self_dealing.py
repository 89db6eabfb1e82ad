"""People of one employer who come to a place far more often than its other customers do (D40).

Lists of staff are not in the data. Somebody who settles at the own institution shows as a colleague of others who do.
Evidence: among the few customers who came on many days of a quarter, several have one employer.
Null: how often a customer comes has nothing to do with the employer; of all customers of the place those with the
employer are as likely as the others to be among the frequent ones (hypergeometric). Exposure: employers with enough
people among the customers of a place; each pair of them is a look.
Rivals: an infirmary or a shop at the gate has many customers of the employer, frequent or not, and so lets one expect
frequent ones; a couple are two people; a check-up, a sale or an outing is over in days; stays, emergencies and special
programmes are not chosen by the person, and are left out.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import standing_bills
from features.contract.vocabulary import EMERGENCY, INPATIENT, SPECIAL_OUTPATIENT
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.choices import hypergeometric_surprise
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_CUSTOMER = ["provider_id", "person_id"]
_STAFF = ["provider_id", "employer_id"]
_NOT_CHOSEN = [INPATIENT, EMERGENCY, SPECIAL_OUTPATIENT]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills of the frequent customers of one employer, at the places where they stand out."""
    colleagues, staff = _measured(context, thresholds)
    cases = colleagues.join(staff.filter(pl.col("value") >= ALERT), on=_STAFF)
    bills = _bills(context).join(
        cases.group_by(_CUSTOMER).agg(pl.col("value").max(), employer=pl.col("employer_id").min()).lazy(),
        on=_CUSTOMER,
        how="inner",
    )
    enough = pl.col("total_amount").sum().over("provider_id", "employer") >= (
        int(thresholds.latest("min_yuan")) * FEN_PER_YUAN
    )
    return nw.from_native(
        bills.filter(enough).select(
            "settlement_id",
            *_CUSTOMER,
            repeated_by="employer",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("colleagues"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place with such colleagues; observed and expected are frequent customers of the employer."""
    _, staff = _measured(context, thresholds)
    return nw.from_native(
        staff.lazy()
        .filter(pl.col("value") > 0)
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("provider"),
            subject_id="provider_id",
            observed=pl.col("frequent").cast(pl.Float64),
        )
    )


@remembered
def _measured(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Frequent customers with an employer (`_CUSTOMER`, employer_id), and employers at places (`_STAFF`).

    The latter have frequent and expected (people), and value (evidence).
    """
    customers = _customers(
        _bills(context), days=int(thresholds.latest("min_days")), within=int(thresholds.latest("within_days"))
    )
    jobs: pl.LazyFrame = context.whole.enrolments.select("person_id", "employer_id").to_native()
    employed = customers.join(jobs.drop_nulls().unique().collect(), on="person_id")
    counted = {"people": pl.len().cast(pl.Int64), "frequent": pl.col("often").sum().cast(pl.Int64)}
    places = customers.group_by("provider_id").agg(
        customers=counted["people"], frequent_customers=counted["frequent"]
    )
    least = int(thresholds.latest("min_people"))
    looked = employed.group_by(_STAFF).agg(**counted).filter(pl.col("people") >= least)
    several = looked.filter(pl.col("frequent") >= least).join(places, on="provider_id").sort(_STAFF)
    surprise = hypergeometric_surprise(
        several["frequent"], several["people"], several["frequent_customers"], several["customers"]
    )
    share = pl.col("frequent_customers") / pl.col("customers")
    staff = several.with_columns(
        expected=pl.col("people") * share,
        value=pl.Series(evidence_of(surprise, looked.height), dtype=pl.Float64),
    )
    return employed.filter("often").select(*_CUSTOMER, "employer_id"), staff


def _customers(bills: pl.LazyFrame, *, days: int, within: int) -> pl.DataFrame:
    """Who came to which place: `_CUSTOMER`, often (on so many days within so many)."""
    day = pl.col("settled_day")
    ahead = day.shift(1 - days).over(_CUSTOMER)
    return (
        bills.select(*_CUSTOMER, "settled_day")
        .unique()
        .sort(*_CUSTOMER, "settled_day")
        .with_columns(often=(ahead - day < within).fill_null(value=False))
        .group_by(_CUSTOMER)
        .agg(pl.col("often").any())
        .collect()
    )


def _bills(context: DetectorContext) -> pl.LazyFrame:
    """Standing bills of care that people choose."""
    return standing_bills(context).filter(~pl.col("care_type").is_in(_NOT_CHOSEN).fill_null(value=False))
