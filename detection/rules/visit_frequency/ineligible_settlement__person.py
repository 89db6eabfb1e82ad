"""Settlements for persons who were not entitled on the day: deceased, or without an enrolment in force (D31).

Evidence is care that began after the day of death, or on a day without an active enrolment in the settlement's scheme,
and that a fund or an account paid. Care before the death that is settled after it is lawful, and so is a stay during
which an enrolment begins. Care that was paid in cash alone is no hit.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.funded_care import funded_care
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.contract.vocabulary import INACTIVE_STATUSES
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care that began after the person's death, or while no enrolment of the settlement's scheme was active.

    A person without a row in persons is a defect of the data, and no hit. Cash alone is no hit either. Nor
    is what a relative's account paid for somebody without any enrolment here, who may be insured elsewhere
    (the rule on family authorizations assesses that).
    """
    persons = context.whole.persons.select("person_id", "death_day")
    care = funded_care(context).join(persons, on="person_id", how="inner")
    dead = nw.col("began_day") > nw.col("death_day") + thresholds.expression(
        "grace_days", nw.col("began_day")
    )
    in_time = care.join(_enrolments(context), on="person_id", how="inner").filter(_in_force())
    active = in_time.filter(~nw.col("status").is_in(INACTIVE_STATUSES))
    cause = (
        nw.when(nw.col("dead"))
        .then(nw.lit("deceased"))
        .when(nw.col("interval").is_null())
        .then(nw.lit("not_enrolled"))
        .otherwise(nw.lit("suspended"))
    )
    not_active = care.join(active.select("settlement_id"), on="settlement_id", how="anti").join(
        _elsewhere(care, context), on="settlement_id", how="anti"
    )
    stopped = in_time.select("settlement_id", interval=nw.lit(True)).unique("settlement_id")
    suspects = nw.concat([care.filter(dead), not_active]).unique("settlement_id")
    return (
        suspects.with_columns(dead=dead.fill_null(False))
        .join(stopped, on="settlement_id", how="left")
        .select("settlement_id", "person_id", nw.col("person_id").alias("subject_id"), cause=cause)
    )


def _enrolments(context: DetectorContext) -> Frame:
    return context.whole.enrolments.select(
        "person_id", "status", "start_day", "end_day", nw.col("scheme").alias("enrolled_scheme")
    )


def _in_force() -> nw.Expr:
    """An interval of the settlement's scheme that holds the day; a scheme not known matches any.

    For an inpatient stay, the day of admission or the day of service: an enrolment may begin during a stay.
    """
    scheme = nw.col("scheme")
    same = (nw.col("enrolled_scheme") == scheme) | ~scheme.is_in(["employee", "resident"])
    began, served = (intervals.holds("start_day", "end_day", day) for day in ("began_day", "service_day"))
    return same & (began | served)


def _elsewhere(care: Frame, context: DetectorContext) -> Frame:
    """Settlements that only a relative's account paid, for a person without any enrolment in the data."""
    own = nw.sum_horizontal("pool_paid", "other_fund_paid", "account_paid")
    enrolled = context.whole.enrolments.select("person_id").unique()
    return care.filter(own <= 0).join(enrolled, on="person_id", how="anti").select("settlement_id")
