"""Care that indicators count: outpatient care of employees, net of reversals, by month of service."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from features.calendar import MONTHS_PER_YEAR
from features.contract.vocabulary import CHRONIC_OUTPATIENT, EMPLOYEE, ORDINARY_CARE, PHARMACY
from features.indicators.limits import deductible_of_a_visit
from features.indicators.periods import Period, months_of
from features.policy import Policy
from features.registry import Frame, Relations, Schema, view
from features.visits.people import known
from features.visits.settlements import count, net_of_reversals

MONEY = (
    "total_amount",
    "in_scope_amount",
    "fully_self_paid",
    "over_limit_self_paid",
    "deductible_paid",
    "pool_paid",
    "account_paid",
    "mutual_aid_paid",
)

CODED_SETTLEMENT: Schema = {
    "settlement_id": nw.String,
    "insured_code": nw.Int32,
    "institution_code": nw.Int32,
    "month": nw.Int32,
}
"""Columns that name a settlement in the tables of indicators, as `CODES` selects them."""
CODES = (
    nw.col("settlement_id", "insured_code", "institution_code"),
    nw.col("service_month").alias("month"),
)
"""The same columns of what `coded` gives."""


@view(
    grain="ordinary or chronic outpatient settlement of an employee, net of reversals",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={
        **CODED_SETTLEMENT,
        "person_category": nw.String,
        "care_type": nw.String,
        "total": nw.Int64,
        "in_scope": nw.Int64,
        "above": nw.Int64,
        "self_paid": nw.Int64,
        "pool": nw.Int64,
        "reason": nw.String,
    },
)
def outpatient_settlements(
    settlements: Frame,
    providers: Frame,
    insured: Frame,
    institutions: Frame,
    benefit_limits: Frame,
    policy: Policy,
) -> Frame:
    """Settlements of employees' outpatient care, with the category on the day and amounts in fen.

    ``total``, ``in_scope``, ``self_paid`` (outside the catalogue or above a ceiling), ``pool``, ``above`` (in scope
    above the deductible of the visit, where visits have their own); and ``reason``, why the pool paid nothing (see
    `_reason`).
    """
    own = care_of_employees(settlements, nw.col("care_type").is_in([*ORDINARY_CARE, CHRONIC_OUTPATIENT]))
    with_places = (
        coded(own.with_columns(known("person_category")), insured, institutions)
        .join(institutions.drop("provider_id"), on="institution_code")
        .join(
            providers.select("provider_id", "pooled_outpatient_from_day"),
            on="provider_id",
            how="left",
        )
        .with_columns(
            year=nw.col("service_month") // MONTHS_PER_YEAR,
            above=nw.max_horizontal(nw.col("in_scope_amount") - deductible_of_a_visit(policy), nw.lit(0)),
        )
    )
    in_order = {"order_by": ("settled_at", "settlement_id")}
    ordinary = (
        nw.when(nw.col("care_type") != CHRONIC_OUTPATIENT).then(nw.col("pool_paid")).otherwise(nw.lit(0))
    )
    so_far = with_places.with_columns(pooled=ordinary).with_columns(
        before=nw.col("pooled").cum_sum().over("insured_code", "year", **in_order) - nw.col("pooled")
    )
    capped = _with_cap(so_far, benefit_limits)
    return capped.with_columns(reason=_reason(policy)).select(
        *CODES,
        "person_category",
        "care_type",
        nw.col("total_amount").alias("total"),
        nw.col("in_scope_amount").alias("in_scope"),
        "above",
        (nw.col("fully_self_paid") + nw.col("over_limit_self_paid")).alias("self_paid"),
        nw.col("pool_paid").alias("pool"),
        "reason",
    )


def _with_cap(settlements: Frame, benefit_limits: Frame) -> Frame:
    caps = benefit_limits.select("month", "person_category", "cap")
    return settlements.join(
        caps, left_on=["service_month", "person_category"], right_on=["month", "person_category"], how="left"
    )


def _reason(policy: Policy) -> nw.Expr:
    """The first reason that holds for a visit without pooled pay; null where the pool paid.

    Before the pool paid at all; an institution outside the pool on the day; a purchase without a prescription where
    one is needed; nothing in scope; the year's cap used up; everything within the deductible; else ``other``.
    """
    joined = (nw.col("pooled_outpatient_from_day") <= nw.col("service_day")).fill_null(value=False)
    day = nw.col("service_day")
    needs = policy.holds("benefit.pharmacy_needs_prescription", True, day)
    purchase = (nw.col("care_type") == PHARMACY) & nw.col("prescription_no").is_null()
    reasons = {
        "before_pooling": ~policy.holds("outpatient_pooling.in_force", True, day),
        "provider_not_pooled": ~joined,
        "no_prescription": needs & purchase,
        "out_of_scope": nw.col("in_scope_amount") <= 0,
        "cap_reached": (nw.col("before") >= nw.col("cap")).fill_null(value=False),
        "deductible": nw.col("deductible_paid") >= nw.col("in_scope_amount"),
    }
    first: nw.Expr = nw.lit("other")
    for name, holds in reversed(reasons.items()):
        first = nw.when(holds).then(nw.lit(name)).otherwise(first)
    return nw.when(nw.col("pool_paid") <= 0).then(first)


@view(
    grain="settlement that a personal account paid for, and the account's owner",
    persist=True,
    order=("month", "insured_code", "settlement_id", "aid"),
    schema={
        **CODED_SETTLEMENT,
        "care_type": nw.String,
        "own": nw.Int64,
        "aid": nw.Int64,
    },
)
def account_spending(settlements: Frame, insured: Frame, institutions: Frame) -> Frame:
    """What personal accounts paid for care, by the account's owner, in fen.

    ``own`` is paid for an employee's own care, ``aid`` for a relative, insured as an employee or not.
    """
    net = net_of_reversals(settlements, MONEY)
    own = net.filter(nw.col("scheme") == EMPLOYEE, nw.col("account_paid") > 0).with_columns(
        owner=nw.col("person_id"), own=nw.col("account_paid"), aid=nw.lit(0).cast(nw.Int64)
    )
    relative = ~nw.col("mutual_aid_payer_id").is_null() & (nw.col("mutual_aid_paid") > 0)
    aid = net.filter(relative).with_columns(
        owner=nw.col("mutual_aid_payer_id"), own=nw.lit(0).cast(nw.Int64), aid=nw.col("mutual_aid_paid")
    )
    paid = [part.select(*_SPENDING, person_id="owner") for part in (own, aid)]
    return coded(nw.concat(paid, how="vertical"), insured, institutions).select(
        *CODES,
        "care_type",
        "own",
        "aid",
    )


_SPENDING = ("settlement_id", "provider_id", "service_month", "care_type", "own", "aid")


@view(
    grain="employee and month with any care",
    persist=True,
    order=("insured_code", "month"),
    schema={"insured_code": nw.Int32, "month": nw.Int32},
)
def attended_months(settlements: Frame, insured: Frame) -> Frame:
    """Months in which an employee had any care."""
    net = net_of_reversals(settlements).filter(nw.col("scheme") == EMPLOYEE)
    codes = insured.select("insured_code", "person_id")
    months = net.join(codes, on="person_id").select("insured_code", nw.col("service_month").alias("month"))
    return months.unique()


@view(
    grain="employee and month with ordinary outpatient visits",
    persist=True,
    order=("month", "insured_code"),
    schema={
        "insured_code": nw.Int32,
        "month": nw.Int32,
        "visits": nw.Int64,
        "paid": nw.Int64,
        "pool": nw.Int64,
        "above": nw.Int64,
    },
)
def outpatient_months(outpatient_settlements: Frame) -> Frame:
    """Number of ordinary visits of a month, of those that the pool ``paid`` for, and fen: ``pool`` and ``above``.

    ``above`` is explained at `outpatient_settlements`.
    """
    visits = outpatient_settlements.filter(nw.col("care_type").is_in(ORDINARY_CARE))
    return (
        visits.with_columns(paid=(nw.col("pool") > 0).cast(nw.Int64))
        .group_by("insured_code", "month")
        .agg(count().alias("visits"), nw.col("paid", "pool", "above").sum())
    )


def care_of_employees(settlements: Frame, *conditions: nw.Expr) -> Frame:
    """Settlements of employees that meet conditions, net of reversals."""
    return net_of_reversals(settlements, MONEY).filter(nw.col("scheme") == EMPLOYEE, *conditions)


def coded(frame: Frame, insured: Frame, institutions: Frame) -> Frame:
    """A frame with person_id and provider_id, and their codes ``insured_code`` and ``institution_code``."""
    return frame.join(insured.select("insured_code", "person_id"), on="person_id").join(
        institutions.select("institution_code", "provider_id"), on="provider_id"
    )


def within(views: Relations, name: str, periods: Sequence[Period]) -> Frame:
    """The rows of a view whose ``month`` lies in a period, once for each such ``period``."""
    return views[name].join(months_of(periods), on="month")


def ordinary_visits(views: Relations) -> Frame:
    """Ordinary outpatient settlements."""
    return views["outpatient_settlements"].filter(nw.col("care_type").is_in(ORDINARY_CARE))
