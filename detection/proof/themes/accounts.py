"""The account that paid: its last credit and balance, who may use it, and how much of the cap was used."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.people.category_of_today import yearly_limit
from detection.proof.evidence import EvidenceRows, day_text
from features.calendar import MONTHS_PER_YEAR
from features.contract.vocabulary import ORDINARY_CARE
from features.visits.settlements import net_of_reversals

_CAP = "benefit.annual_cap"
_AIDED = pl.col("mutual_aid_paid").fill_null(0) != 0


def balance(evidence: EvidenceRows) -> pl.DataFrame:
    """The last monthly credit before the payment and its day, and what was left afterwards."""
    paid = evidence.settled.select(
        "row",
        "settlement_id",
        "settled_day",
        account_id=pl.when(_AIDED).then("mutual_aid_payer_id").otherwise("person_id"),
        left=pl.when(~_AIDED).then("account_balance_after"),
    )
    entries = evidence.matching(evidence.table("account_entries"), paid, "account_id")
    credits_of = (
        entries.filter(pl.col("entry_kind") == "monthly_credit")
        .group_by("account_id", "posted_day")
        .agg(credit=pl.col("amount").sum())
        .sort("posted_day")
    )
    entered = (
        entries.filter(pl.col("settlement_id").is_not_null())
        .group_by("account_id", "settlement_id")
        .agg(entered=pl.col("balance_after").min())
    )
    credited = paid.sort("settled_day").join_asof(
        credits_of,
        left_on="settled_day",
        right_on="posted_day",
        by="account_id",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    return credited.join(entered, on=["account_id", "settlement_id"], how="left").select(
        "row", "credit", credited_on=day_text("posted_day"), balance=pl.coalesce("left", "entered")
    )


def authorization(evidence: EvidenceRows) -> pl.DataFrame:
    """The relative's account that paid, their relation, and the authorization: in force, else nearest in time."""
    paid = evidence.settled.filter(pl.col("mutual_aid_payer_id").is_not_null(), _AIDED).select(
        "row", "settled_day", payer_id="mutual_aid_payer_id", beneficiary_id="person_id"
    )
    given = evidence.matching(evidence.table("family_authorizations"), paid, "payer_id")
    day = pl.col("settled_day")
    since_end = (day - pl.col("valid_to_day")).clip(lower_bound=0).fill_null(0)
    until_start = (pl.col("valid_from_day") - day).clip(lower_bound=0).fill_null(0)
    nearest = (
        paid.join(given, on=["payer_id", "beneficiary_id"], how="left")
        .with_columns(apart=since_end + until_start)
        .sort("row", "apart", "valid_from_day", "authorization_id", nulls_last=True)
        .unique("row", keep="first", maintain_order=True)
    )
    return nearest.select(
        "row",
        "relation",
        payer="payer_id",
        authorized_from=day_text("valid_from_day"),
        authorized_to=day_text("valid_to_day"),
    )


def used(evidence: EvidenceRows) -> pl.DataFrame:
    """What the pooled fund paid for the person's ordinary care in the year up to and with the bill, and the cap."""
    context = evidence.context
    cap = nw.lit(None, dtype=nw.Int64)
    if _CAP in context.policy.names():
        cap = yearly_limit(context, _CAP)
    people = nw.from_native(context.whole.in_codes(evidence.rows.select("person_id").unique()).lazy())
    ordinary = context.whole.settlements.filter(nw.col("care_type").is_in(ORDINARY_CARE)).join(
        people, on="person_id", how="semi"
    )
    care: pl.LazyFrame = (
        net_of_reversals(ordinary)
        .select(
            "settlement_id",
            "person_id",
            "pool_paid",
            "settled_at",
            cap=cap,
            year=nw.col("service_month") // MONTHS_PER_YEAR,
        )
        .to_native()
    )
    running = (
        care.sort("person_id", "settled_at", "settlement_id")
        .with_columns(pool_used=pl.col("pool_paid").fill_null(0).cum_sum().over("person_id", "year"))
        .select("settlement_id", "pool_used", "cap")
        .collect()
    )
    of_bills = context.whole.in_text(running, "settlement_id")
    return (
        evidence.rows.select("row", "settlement_id").join(of_bills, on="settlement_id").drop("settlement_id")
    )
