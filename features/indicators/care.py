"""Care as indicators read it: outpatient care of employees, net of reversals, by month of service."""

from __future__ import annotations

import narwhals as nw

from features.indicators.ground import Ground, Source, relation
from features.indicators.limits import deductible_of_a_visit, in_force
from features.indicators.periods import YEAR, Period
from features.registry import Frame
from features.visits.people import known
from features.visits.settlements import count, net_of_reversals

ORDINARY = ("outpatient", "emergency", "pharmacy")
"""Care types that the pooled fund prices as ordinary outpatient care; chronic and special care are other benefits."""

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


@relation(order=("month", "person", "settlement_id"), reads=("people", "institutions", "limits"))
def visits(source: Source, ground: Ground) -> Frame:
    """Ordinary and chronic outpatient settlements of employees: settlement_id, person, provider, month, care_type.

    Beside the category on the day, in fen: ``total``, ``in_scope``, ``self_paid`` (outside the catalogue or above a
    ceiling), ``pool``, ``above`` (in scope above the deductible of the visit, where visits have their own); and
    ``reason``, why the pool paid nothing (see `_reason`).
    """
    net = net_of_reversals(source.tables.settlements, MONEY)
    own = net.filter(
        nw.col("scheme") == "employee", nw.col("care_type").is_in([*ORDINARY, "chronic_outpatient"])
    )
    placed = (
        coded(own.with_columns(known("person_category")), ground)
        .join(ground["institutions"].drop("provider_id"), on="provider")
        .join(
            source.tables.providers.select("provider_id", "pooled_outpatient_from_day"),
            on="provider_id",
            how="left",
        )
        .with_columns(
            year=nw.col("service_month") // YEAR,
            above=nw.max_horizontal(
                nw.col("in_scope_amount") - deductible_of_a_visit(source.policy), nw.lit(0)
            ),
        )
    )
    in_order = {"order_by": ("settled_at", "settlement_id")}
    ordinary = (
        nw.when(nw.col("care_type") != "chronic_outpatient").then(nw.col("pool_paid")).otherwise(nw.lit(0))
    )
    so_far = placed.with_columns(pooled=ordinary).with_columns(
        before=nw.col("pooled").cum_sum().over("person", "year", **in_order) - nw.col("pooled")
    )
    capped = _with_cap(so_far, ground)
    return capped.with_columns(reason=_reason(source)).select(
        "settlement_id",
        "person",
        "provider",
        nw.col("service_month").alias("month"),
        "person_category",
        "care_type",
        nw.col("total_amount").alias("total"),
        nw.col("in_scope_amount").alias("in_scope"),
        "above",
        (nw.col("fully_self_paid") + nw.col("over_limit_self_paid")).alias("self_paid"),
        nw.col("pool_paid").alias("pool"),
        "reason",
    )


def _with_cap(placed: Frame, ground: Ground) -> Frame:
    caps = ground["limits"].select("month", "person_category", "cap")
    return placed.join(
        caps, left_on=["service_month", "person_category"], right_on=["month", "person_category"], how="left"
    )


def _reason(source: Source) -> nw.Expr:
    """The first reason that holds for a visit without pooled pay; null where the pool paid.

    Before the pool paid at all; an institution outside the pool on the day; a purchase without a prescription where
    one is needed; nothing in scope; the year's cap used up; everything within the deductible; else ``other``.
    """
    joined = (nw.col("pooled_outpatient_from_day") <= nw.col("service_day")).fill_null(value=False)
    needs = in_force(source.policy, "benefit.pharmacy_needs_prescription")
    purchase = (nw.col("care_type") == "pharmacy") & nw.col("prescription_no").is_null()
    reasons = {
        "before_pooling": ~in_force(source.policy, "outpatient_pooling.in_force"),
        "provider_not_pooled": ~joined,
        "no_prescription": needs & purchase,
        "out_of_scope": nw.col("in_scope_amount") <= 0,
        "cap_reached": (nw.col("before") >= nw.col("cap")).fill_null(value=False),
        "deductible": nw.col("deductible_paid") >= nw.col("in_scope_amount"),
    }
    found: nw.Expr = nw.lit("other")
    for name, holds in reversed(reasons.items()):
        found = nw.when(holds).then(nw.lit(name)).otherwise(found)
    return nw.when(nw.col("pool_paid") <= 0).then(found)


@relation(order=("month", "person", "settlement_id", "aid"), reads=("people", "institutions"))
def spending(source: Source, ground: Ground) -> Frame:
    """What personal accounts paid for care: settlement_id, person (the account's owner), provider, month, care_type.

    And in fen ``own`` (for an employee's own care) or ``aid`` (for a relative, insured as an employee or not).
    """
    net = net_of_reversals(source.tables.settlements, MONEY)
    own = net.filter(nw.col("scheme") == "employee", nw.col("account_paid") > 0).with_columns(
        owner=nw.col("person_id"), own=nw.col("account_paid"), aid=nw.lit(0).cast(nw.Int64)
    )
    relative = ~nw.col("mutual_aid_payer_id").is_null() & (nw.col("mutual_aid_paid") > 0)
    aid = net.filter(relative).with_columns(
        owner=nw.col("mutual_aid_payer_id"), own=nw.lit(0).cast(nw.Int64), aid=nw.col("mutual_aid_paid")
    )
    paid = [one.select(*_SPENDING, person_id="owner") for one in (own, aid)]
    return coded(nw.concat(paid, how="vertical"), ground).select(
        "settlement_id",
        "person",
        "provider",
        nw.col("service_month").alias("month"),
        "care_type",
        "own",
        "aid",
    )


_SPENDING = ("settlement_id", "provider_id", "service_month", "care_type", "own", "aid")


@relation(order=("person", "month"), reads=("people",))
def attended(source: Source, ground: Ground) -> Frame:
    """Months in which an employee had any care: person, month."""
    net = net_of_reversals(source.tables.settlements).filter(nw.col("scheme") == "employee")
    people = ground["people"].select("person", "person_id")
    return net.join(people, on="person_id").select("person", nw.col("service_month").alias("month")).unique()


@relation(order=("month", "person"), reads=("visits",))
def person_months(_: Source, ground: Ground) -> Frame:
    """Months in which a person had ordinary outpatient visits: person, month, their number, and fen.

    ``visits``, ``paid`` (visits for which the pool paid), ``pool``, ``above`` (see `visits`).
    """
    visits = ground["visits"].filter(nw.col("care_type").is_in(ORDINARY))
    return (
        visits.with_columns(paid=(nw.col("pool") > 0).cast(nw.Int64))
        .group_by("person", "month")
        .agg(count().alias("visits"), nw.col("paid", "pool", "above").sum())
    )


@relation(order=("month", "person", "settlement_id"), reads=("people", "institutions"))
def stays(source: Source, ground: Ground) -> Frame:
    """Hospital stays of employees: settlement_id, person, provider, month (of service), category, days."""
    net = net_of_reversals(source.tables.settlements)
    own = net.filter(nw.col("scheme") == "employee", nw.col("care_type") == "inpatient")
    days = nw.col("discharged_day") - nw.col("admitted_day")
    return (
        coded(own, ground)
        .filter(~days.is_null())
        .select(
            "settlement_id",
            "person",
            "provider",
            nw.col("service_month").alias("month"),
            known("person_category"),
            days.cast(nw.Int64).alias("days"),
        )
    )


@relation(order=("settlement_id", "item_name"), reads=("stays",))
def stay_items(source: Source, ground: Ground) -> Frame:
    """Names of what was charged in stays: settlement_id, item_name, each once."""
    lines = source.tables.charge_lines.select("settlement_id", "item_name")
    return lines.join(ground["stays"].select("settlement_id"), on="settlement_id", how="semi").unique()


def coded(frame: Frame, ground: Ground) -> Frame:
    """A frame with person_id and provider_id, and their codes ``person`` and ``provider``."""
    return frame.join(ground["people"].select("person", "person_id"), on="person_id").join(
        ground["institutions"].select("provider", "provider_id"), on="provider_id"
    )


def within(ground: Ground, name: str, period: Period) -> Frame:
    """The rows of a relation whose ``month`` lies in a period."""
    return ground[name].filter(nw.col("month").is_between(period.start, period.end))


def ordinary_visits(ground: Ground, period: Period) -> Frame:
    """Ordinary outpatient visits of a period."""
    return within(ground, "visits", period).filter(nw.col("care_type").is_in(ORDINARY))
