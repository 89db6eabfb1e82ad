"""Accounts: what does the money in them do, is it credited rightly, does it sleep?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground, Source, relation
from features.indicators.ledger import balances, year_up_to
from features.indicators.periods import YEAR, Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame

PROHIBITED = "prohibited_purchase"
"""The detector of goods that an account may not pay for (D28)."""
_NOTHING = nw.lit(0).cast(nw.Int64)


@indicator(record="month")
def account_uses(ground: Ground, period: Period, _: Drawn) -> Frame:
    """What an account spends, by use: fen over the number of accounts; a row an account, and its uses by month.

    Care is taken net of reversals by day of service, premiums and transfers by the day they were posted.
    """
    accounts = balances(ground, period.end).select(
        "person",
        nw.lit(period.end).cast(nw.Int32).alias("month"),
        _NOTHING.alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
        nw.lit(None, dtype=nw.String).alias("part"),
    )
    spent = within(ground, "uses", period).select(
        "person",
        "month",
        nw.col("fen").alias("numerator"),
        _NOTHING.alias("denominator"),
        nw.col("use").alias("part"),
    )
    return nw.concat([accounts, spent], how="vertical")


@relation(order=("month", "person", "use"), reads=("spending", "other_uses"))
def uses(_: Source, ground: Ground) -> Frame:
    """What accounts paid by person, month and use, in fen: person, month, use, fen."""
    purchase = nw.when(nw.col("care_type") == "pharmacy").then(nw.lit("own_pharmacy"))
    use = (
        nw.when(nw.col("aid") > 0).then(nw.lit("relatives")).otherwise(purchase.otherwise(nw.lit("own_care")))
    )
    care = ground["spending"].select("person", "month", use.alias("use"), fen=nw.col("own") + nw.col("aid"))
    others = ground["other_uses"].select("person", "month", "use", "fen")
    paid = nw.concat([care, others], how="vertical")
    return paid.group_by("person", "month", "use").agg(nw.col("fen").sum())


@indicator(looks_back=YEAR)
def idle_accounts(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of accounts credited in the year up to the end, those with ``idle_credits`` months' credits and no debit."""
    year = year_up_to(ground, period.end, line["idle_months"]).filter(nw.col("credited") > 0)
    held = year.join(balances(ground, period.end), on="person")
    full = nw.col("balance") * nw.col("credited") >= nw.col("credits") * line["idle_credits"]
    return held.select(
        "person",
        ((nw.col("movements") == 0) & full).cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@indicator(looks_back=YEAR)
def account_turnover(ground: Ground, period: Period, _: Drawn) -> Frame:
    """What accounts spent in the year up to the end, over their mean balance at the ends of its months.

    The mean is in whole fen, over the months from the account's first entry on.
    """
    first = period.end - YEAR + 1
    spent = year_up_to(ground, period.end, YEAR).select("person", "debits")
    return (
        _month_ends(ground, first, period.end)
        .join(spent, on="person", how="left")
        .select(
            "person", nw.col("debits").fill_null(0).alias("numerator"), nw.col("mean").alias("denominator")
        )
    )


def _month_ends(ground: Ground, first: int, last: int) -> Frame:
    """Mean of the balances at the ends of months: person, mean. A balance holds until the account's next entry."""
    begins, ends = nw.max_horizontal("month", nw.lit(first)), nw.min_horizontal("until", nw.lit(last + 1))
    held = (
        ground["ledger"]
        .filter(nw.col("month") <= last, nw.col("until") > first)
        .with_columns(months=(ends - begins).cast(nw.Int64))
        .filter(nw.col("months") > 0)
    )
    return (
        held.group_by("person")
        .agg((nw.col("balance") * nw.col("months")).sum().alias("sum"), nw.col("months").sum())
        .select("person", (nw.col("sum") // nw.col("months")).alias("mean"))
    )


@indicator()
def balance_in_credits(ground: Ground, period: Period, _: Drawn) -> Frame:
    """What accounts hold at the end, over their mean monthly credit of the year up to it (whole fen).

    The mean is over the months that the credits are for: twelve, where accounts are credited by the year.
    """
    year = year_up_to(ground, period.end, YEAR).filter(nw.col("credited") > 0)
    return year.join(balances(ground, period.end), on="person").select(
        "person",
        nw.col("balance").alias("numerator"),
        (nw.col("credits") // nw.col("credited")).alias("denominator"),
    )


@indicator(record="month")
def credit_accuracy(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of months of people to whom a credit is due, those credited what is due; a row a person and month.

    Right is what lies within ``tolerance_fen`` of what is due for one of the categories held in the month.
    """
    posted, slack = nw.col("credited"), line["tolerance_fen"]
    right = ((posted - nw.col("low")).abs() <= slack) | ((posted - nw.col("high")).abs() <= slack)
    return within(ground, "credited", period).select(
        "person",
        "month",
        right.cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@indicator(record="record")
def unlisted_premiums(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of what accounts paid in premiums, those that an account may not pay, by cause; a row a premium."""
    found = ~nw.col("cause").is_null()
    premiums = within(ground, "other_uses", period).filter(nw.col("use") != "transfer_out")
    return premiums.select(
        "person",
        nw.col("entry_id").alias("record"),
        nw.when(found).then(nw.col("fen")).otherwise(nw.lit(0)).alias("numerator"),
        nw.col("fen").alias("denominator"),
        nw.col("cause").alias("part"),
    )


@indicator(record="settlement")
def prohibited_goods(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of what accounts paid for care, the least that they paid for prohibited goods; a row a settlement and account."""
    paid = within(ground, "spending", period).with_columns(relative=nw.col("aid") > 0)
    return paid.join(ground["misused"], on=["settlement_id", "relative"], how="left").select(
        "person",
        "provider",
        nw.col("settlement_id").alias("record"),
        nw.col("misused").fill_null(0).alias("numerator"),
        (nw.col("own") + nw.col("aid")).alias("denominator"),
    )


@relation(order=("settlement_id", "relative"), reads=("spending",))
def misused(source: Source, ground: Ground) -> Frame:
    """What accounts were found to have paid for what they may not: settlement_id, relative (account), misused (fen).

    Where two accounts paid for one settlement, it is taken from the patient's own first.
    """
    spent = ground["spending"].join(source.found(PROHIBITED), on="settlement_id")
    owned = nw.min_horizontal(nw.col("own").sum().over("settlement_id"), nw.col("account"))
    relative = nw.col("aid") > 0
    return spent.select(
        "settlement_id",
        relative.alias("relative"),
        nw.when(relative).then(nw.col("account") - owned).otherwise(owned).alias("misused"),
    )


@indicator(record="month")
def employer_share(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of what contributions put into accounts, the employers' part; a row a person and accrual month."""
    return within(ground, "contributed", period).select(
        "person",
        "month",
        nw.col("employer").alias("numerator"),
        (nw.col("own") + nw.col("employer")).alias("denominator"),
    )
