"""Personal accounts: what they pay for, what is paid into them, and what is due to them."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import polars as pl

from features.account.accuracy import person_month_dues, targets
from features.account.credits import monthly_credits
from features.account.due import due_credits
from features.calendar import first_day
from features.contract.vocabulary import PHARMACY
from features.engine import materialize
from features.indicators.ledger import coded_entries
from features.indicators.periods import Period, spans
from features.intervals import overlaps
from features.policy import Policy
from features.registry import Frame, Relations, view


@view(
    grain="ledger entry of a premium or a transfer out",
    persist=True,
    order=("month", "insured_code", "entry_id"),
    schema={
        "entry_id": nw.String,
        "insured_code": nw.Int32,
        "month": nw.Int32,
        "use": nw.String,
        "fen": nw.Int64,
    },
)
def other_account_uses(account_entries: Frame, insured: Frame) -> Frame:
    """What accounts paid for besides care, in fen: ``use`` is ``premium_<kind>`` or ``transfer_out``."""
    entries = coded_entries(account_entries, insured).filter(
        nw.col("entry_kind").is_in(["premium", "transfer_out"])
    )
    kind = nw.col("premium_kind").fill_null("unknown")
    premium = nw.concat_str(nw.lit("premium_"), kind)
    return entries.select(
        "entry_id",
        *(nw.col(name).cast(nw.Int32) for name in ("insured_code", "month")),
        nw.when(nw.col("entry_kind") == "premium")
        .then(premium)
        .otherwise(nw.lit("transfer_out"))
        .alias("use"),
        (0 - nw.col("amount")).alias("fen"),
    )


@view(
    grain="account, month and use",
    persist=True,
    order=("month", "insured_code", "use"),
    schema={"insured_code": nw.Int32, "month": nw.Int32, "use": nw.String, "fen": nw.Int64},
)
def account_use_months(account_spending: Frame, other_account_uses: Frame) -> Frame:
    """What accounts paid by month and use, in fen: care of the owner, purchases, relatives, premiums, transfers."""
    purchase = nw.when(nw.col("care_type") == PHARMACY).then(nw.lit("own_pharmacy"))
    use = (
        nw.when(nw.col("aid") > 0).then(nw.lit("relatives")).otherwise(purchase.otherwise(nw.lit("own_care")))
    )
    care = account_spending.select(
        "insured_code", "month", use.alias("use"), fen=nw.col("own") + nw.col("aid")
    )
    others = other_account_uses.select("insured_code", "month", "use", "fen")
    paid = nw.concat([care, others], how="vertical")
    return paid.group_by("insured_code", "month", "use").agg(nw.col("fen").sum())


@view(
    grain="authorization of a relative",
    persist=True,
    order=("insured_code", "start_day", "end_day"),
    schema={"insured_code": nw.Int32, "start_day": nw.Int32, "end_day": nw.Int32},
)
def owner_authorizations(family_authorizations: Frame, insured: Frame) -> Frame:
    """Authorizations by the owner of the account; ``end_day`` is null while one is open."""
    codes = insured.select("insured_code", payer_id="person_id")
    return family_authorizations.join(codes, on="payer_id").select(
        "insured_code", nw.col("valid_from_day").alias("start_day"), nw.col("valid_to_day").alias("end_day")
    )


@view(
    grain="contribution of a person and accrual month",
    persist=True,
    order=("month", "insured_code"),
    schema={"insured_code": nw.Int32, "month": nw.Int32, "own": nw.Int64, "employer": nw.Int64},
)
def contribution_months(contributions: Frame, insured: Frame) -> Frame:
    """What contributions put into accounts, in fen: the person's ``own`` part and the ``employer`` part."""
    return contributions.join(insured.select("insured_code", "person_id"), on="person_id").select(
        "insured_code",
        nw.col("accrual_month_index").alias("month"),
        nw.col("person_into_account").fill_null(0).alias("own"),
        nw.col("employer_into_account").fill_null(0).alias("employer"),
    )


@view(
    grain="person and month for which a credit is due",
    persist=True,
    order=("month", "insured_code"),
    schema={
        "insured_code": nw.Int32,
        "month": nw.Int32,
        "credited": nw.Int64,
        "low": nw.Int64,
        "high": nw.Int64,
    },
)
def credit_months(
    account_entries: Frame,
    enrolments: Frame,
    contributions: Frame,
    persons: Frame,
    insured: Frame,
    policy: Policy,
) -> Frame:
    """What was ``credited``, and between which amounts (``low``, ``high``) the credit due lies, in fen.

    The two differ where the category changed in the month. ``credited`` leaves out what the employer put in, which
    `contribution_months` has.
    """
    posted = monthly_credits(account_entries)
    span: pl.LazyFrame = posted.select(first=nw.col("month").min(), last=nw.col("month").max()).to_native()
    first, last = span.collect().row(0)
    dues = due_credits(enrolments, contributions, policy, (first or 0, last or -1), persons)
    months = person_month_dues(dues).join(posted, on=["person_id", "month"], how="left")
    return (
        targets(materialize(months.drop("employer_id", "paid_day", "largest", "posted_day")))
        .filter(nw.col("low") > 0)
        .join(insured.select("insured_code", "person_id"), on="person_id")
        .select(
            "insured_code",
            "month",
            (nw.col("credited").fill_null(0) - nw.col("employer_part").fill_null(0)).alias("credited"),
            "low",
            "high",
        )
    )


def authorizing_owners(views: Relations, periods: Sequence[Period], *, at_the_end: bool = False) -> Frame:
    """Owners with an authorization in force on some day of a period, or on its last day.

    Columns: period, insured_code; once each.
    """
    days = spans(periods).select(
        "period",
        first_day=first_day(nw.col("start")),
        last_day=first_day(nw.col("end") + 1) - 1,
    )
    in_force = overlaps("start_day", "end_day", "last_day" if at_the_end else "first_day", "last_day")
    return (
        views["owner_authorizations"]
        .join(days, how="cross")
        .filter(in_force)
        .select("period", "insured_code")
        .unique()
    )
