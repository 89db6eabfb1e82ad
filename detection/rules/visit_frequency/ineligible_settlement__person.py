"""Settlements for persons who were not entitled on the day: deceased, or without an enrolment in force (D31).

Evidence is care that began after the day of death, or on a day without an active enrolment in the settlement's scheme,
and that a fund or an account paid. Lawful are care before the death that is settled after it, the final bill of the
first days, a stay during which an enrolment begins, and a month that was paid for later. A balance is
the family's property: where many use their own in a gap, it is this fund's practice, and no hit; a relative's counts
like it in a suspension, which is temporary. Cash alone is no hit.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.funded_care import billed_later, funded_care, paid_by_the_benefit
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.detectors.reach import of_settlement
from features import intervals
from features.contract.vocabulary import INACTIVE_STATUSES, SUSPENDED
from features.engine import collect
from features.registry import Frame

reach = of_settlement("persons", "enrolments", "contributions")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care that began after the person's death, or while no enrolment of the settlement's scheme was active.

    A person without a row in persons is a defect of the data, and no hit. Nor is what a relative's account paid for
    somebody without any enrolment here, who may be insured elsewhere (the rule on family authorizations assesses
    that). Of somebody whom the register lacks although a fund paid, and of a month that was paid for later, only
    the agency can tell. Where the data state no day of service, a bill soon after a death or after an enrolment may
    be of care before it, and only the provider can tell.
    """
    persons = context.whole.persons.select("person_id", "death_day")
    care = funded_care(context).join(persons, on="person_id", how="inner")
    dead = nw.col("began_day") > nw.col("death_day") + thresholds.expression(
        "grace_days", nw.col("began_day")
    )
    in_time = care.join(_enrolments(context), on="person_id", how="inner").filter(_in_force())
    active = in_time.filter(~nw.col("status").is_in(INACTIVE_STATUSES))
    final_bills = care.filter(nw.col("began_day") > nw.col("death_day"), ~dead)
    active_before = _enrolments(context).filter(~nw.col("status").is_in(INACTIVE_STATUSES))
    not_active = (
        care.join(active.select("settlement_id"), on="settlement_id", how="anti")
        .join(_elsewhere(care, context), on="settlement_id", how="anti")
        .join(final_bills.select("settlement_id"), on="settlement_id", how="anti")
    )
    stopped = in_time.group_by("settlement_id").agg(
        interval=nw.col("status").max()
    )  # "terminated" before "suspended"
    registered = context.whole.enrolments.select("person_id", registered=nw.lit(True)).unique()
    suspects = nw.concat([care.filter(dead), not_active]).unique("settlement_id")
    return (
        suspects.with_columns(dead=dead.fill_null(False))
        .join(stopped, on="settlement_id", how="left")
        .join(registered, on="person_id", how="left")
        .join(_paid_months(context), on=["person_id", "service_month"], how="left")
        .join(_billed_soon(care, active_before, context, thresholds), on="settlement_id", how="left")
        .select("settlement_id", "person_id", nw.col("person_id").alias("subject_id"), cause=_cause(context))
    )


def exposed_people(context: DetectorContext, thresholds: Thresholds) -> dict[str, int]:
    """The dead of the observed days, and the living with a gap, who could have used their account in it."""
    del thresholds
    observed = context.views["observed"].select("first_day", "last_day")
    dead = context.whole.persons.join(observed, how="cross").filter(nw.col("death_day") <= nw.col("last_day"))
    return {"deceased": _people(dead), "own_money": _people(_with_gap(context))}


def _people(rows: Frame) -> int:
    return int(collect(rows.select(nw.col("person_id").n_unique())).item())


def _with_gap(context: DetectorContext) -> Frame:
    """Living employees whose enrolment was inactive, or ended and did not go on, in the observed days."""
    last_day = nw.col("last_day")
    enrolments = (
        _enrolments(context)
        .filter(nw.col("enrolled_scheme") == "employee")
        .join(context.whole.persons.select("person_id", "death_day"), on="person_id", how="left")
        .join(context.views["observed"].select("first_day", "last_day"), how="cross")
        .with_columns(end=nw.coalesce("end_day", last_day))
        .filter(nw.col("end") >= nw.col("first_day"), nw.col("start_day") <= last_day)
    )
    inactive = nw.col("status").is_in(INACTIVE_STATUSES)
    ended = enrolments.filter(~inactive, nw.col("end") < last_day)
    begun = enrolments.select("person_id", next_start="start_day", next_end="end")
    goes_on = (nw.col("next_start") <= nw.col("end") + 1) & (nw.col("next_end") > nw.col("end"))
    alive = nw.col("death_day").is_null() | (nw.col("death_day") > nw.col("end"))
    continued = ended.join(begun, on="person_id", how="inner").filter(goes_on).select("person_id", "end")
    return nw.concat(
        [
            enrolments.filter(inactive).select("person_id"),
            ended.filter(alive).join(continued, on=["person_id", "end"], how="anti").select("person_id"),
        ]
    )


def _cause(context: DetectorContext) -> nw.Expr:
    funds = paid_by_the_benefit(context)
    other_fund = nw.col("other_fund_paid").fill_null(0) > 0
    aided = (nw.col("mutual_aid_paid").fill_null(0) > 0) & (nw.col("interval").fill_null("") != SUSPENDED)
    return (
        nw.when(~nw.col("soon").is_null())
        .then(nw.lit("billed_later"))
        .when(nw.col("dead"))
        .then(nw.lit("deceased"))
        .when(nw.col("registered").is_null())
        .then(nw.lit("not_on_register"))
        .when(~nw.col("paid_for").is_null())
        .then(nw.lit("paid_later"))
        .when(other_fund & ~funds)
        .then(nw.lit("other_fund"))
        .when(~(funds | aided))
        .then(nw.lit("own_money"))
        .when(nw.col("interval").is_null())
        .then(nw.lit("not_enrolled"))
        .otherwise(nw.lit("suspended"))
    )


def _billed_soon(care: Frame, active: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Bills without a day of care, of people who lived and were enrolled so many days before: care may be of then."""
    before = nw.col("began_day") - thresholds.expression("bill_days", nw.col("began_day"))
    bills = care.filter(billed_later(context))
    alive = nw.col("death_day").is_null() | (nw.col("death_day") >= before)
    enrolled = (nw.col("start_day") <= nw.col("began_day")) & (
        nw.col("end_day").is_null() | (nw.col("end_day") >= before)
    )
    known = bills.filter(alive).join(active, on="person_id", how="inner").filter(enrolled)
    return known.select("settlement_id", soon=nw.lit(True)).unique()


def _paid_months(context: DetectorContext) -> Frame:
    """Months for which a contribution of the person was paid: arrears that were paid restore them."""
    paid = context.whole.contributions.filter(nw.col("contribution_base") > 0)
    if context.whole.has("contributions", "paid_on"):
        paid = paid.filter(~nw.col("paid_on").is_null())
    return paid.select("person_id", service_month="accrual_month_index", paid_for=nw.lit(True)).unique()


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
