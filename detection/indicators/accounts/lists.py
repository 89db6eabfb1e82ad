"""Lists of accounts: what is spent, what is idle, and whether credits are right."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.lists import monthly, periodic
from detection.indicators.thresholds import ThresholdValues
from features.calendar import MONTHS_PER_YEAR
from features.indicators.care import within
from features.indicators.ledger import balances, year_up_to
from features.indicators.periods import Period, spans
from features.registry import Frame, Relations

_NOTHING = nw.lit(0).cast(nw.Int64)


@periodic(record="month")
def account_uses(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """What an account spends, by use: fen over the number of accounts; a row an account, and its uses by month.

    Care is taken net of reversals by day of service, premiums and transfers by the day they were posted.
    """
    accounts = balances(views, periods).select(
        "period",
        "insured_code",
        nw.col("end").alias("month"),
        _NOTHING.alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
        nw.lit(None, dtype=nw.String).alias("part"),
    )
    spent = within(views, "account_use_months", periods).select(
        "period",
        "insured_code",
        "month",
        nw.col("fen").alias("numerator"),
        _NOTHING.alias("denominator"),
        nw.col("use").alias("part"),
    )
    return nw.concat([accounts, spent], how="vertical")


@periodic(looks_back=MONTHS_PER_YEAR)
def idle_accounts(views: Relations, periods: Sequence[Period], thresholds: ThresholdValues) -> Frame:
    """Of accounts credited in the year up to the end, those with ``idle_credits`` months' credits and no debit."""
    months, least = thresholds.integer("idle_months"), thresholds.number("idle_credits")
    year = year_up_to(views, periods, months).filter(nw.col("credited") > 0)
    full = nw.col("balance") * nw.col("credited") >= nw.col("credits") * least
    return year.join(balances(views, periods), on=["period", "insured_code"]).select(
        "period",
        "insured_code",
        ((nw.col("movements") == 0) & full).cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@periodic(looks_back=MONTHS_PER_YEAR)
def account_turnover(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """What accounts spent in the year up to the end, over their mean balance at the ends of its months.

    The mean is in whole fen, over the months from the account's first entry on.
    """
    year = spans(periods, lambda period: period.end - MONTHS_PER_YEAR + 1)
    spent = year_up_to(views, periods, MONTHS_PER_YEAR).select("period", "insured_code", "debits")
    return (
        _mean_balances(views, year)
        .join(spent, on=["period", "insured_code"], how="left")
        .select(
            "period",
            "insured_code",
            nw.col("debits").fill_null(0).alias("numerator"),
            nw.col("mean").alias("denominator"),
        )
    )


def _mean_balances(views: Relations, months: Frame) -> Frame:
    """Mean of the balances at the ends of the months of each span; a balance holds until the next entry.

    Columns: period, insured_code, mean.
    """
    own, in_order = nw.col("balance") * (nw.col("until") - nw.col("month")), {"order_by": "month"}
    ledger = (
        views["ledger_months"]
        .select("insured_code", "month", "until", "balance")
        .with_columns(own=own)
        .with_columns(
            before=nw.col("own").cum_sum().over("insured_code", **in_order) - nw.col("own"),
            first=nw.col("month").min().over("insured_code"),
        )
        .join(months, how="cross")
    )
    until_end = _in_force(ledger, "end", nw.col("end") + 1).with_columns(
        begin=nw.max_horizontal("start", "first")
    )
    until_start = _in_force(ledger, "start", nw.col("start")).select(
        "period", "insured_code", earlier="summed"
    )
    return (
        until_end.join(until_start, on=["period", "insured_code"], how="left")
        .with_columns(
            summed=nw.col("summed") - nw.col("earlier").fill_null(0),
            months=(nw.col("end") + 1 - nw.col("begin")).cast(nw.Int64),
        )
        .select("period", "insured_code", (nw.col("summed") // nw.col("months")).alias("mean"))
    )


def _in_force(ledger: Frame, month: str, until: nw.Expr) -> Frame:
    """The row of each account that holds in a month, with ``summed``: its balances of all months before another one."""
    holds = (nw.col("month") <= nw.col(month)) & (nw.col("until") > nw.col(month))
    return ledger.filter(holds).with_columns(
        summed=nw.col("before") + nw.col("balance") * (until - nw.col("month"))
    )


@periodic()
def balance_in_credits(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """Balances of accounts at the end, over their mean monthly credit of the year up to it (whole fen).

    The mean is over the months that the credits are for: twelve, where accounts are credited by the year.
    """
    year = year_up_to(views, periods, MONTHS_PER_YEAR).filter(nw.col("credited") > 0)
    return year.join(balances(views, periods), on=["period", "insured_code"]).select(
        "period",
        "insured_code",
        nw.col("balance").alias("numerator"),
        (nw.col("credits") // nw.col("credited")).alias("denominator"),
    )


@monthly(record="month")
def credit_accuracy(views: Relations, thresholds: ThresholdValues) -> Frame:
    """Of months of people to whom a credit is due, those credited what is due; a row a person and month.

    Right is what lies within ``tolerance_fen`` of what is due for one of the categories of the month.
    """
    posted, slack = nw.col("credited"), thresholds.integer("tolerance_fen")
    right = ((posted - nw.col("low")).abs() <= slack) | ((posted - nw.col("high")).abs() <= slack)
    return views["credit_months"].select(
        "insured_code",
        "month",
        right.cast(nw.Int64).alias("numerator"),
        nw.lit(1).cast(nw.Int64).alias("denominator"),
    )


@monthly(record="month")
def employer_share(views: Relations, _: ThresholdValues) -> Frame:
    """Of what contributions put into accounts, the employers' part; a row a person and accrual month."""
    return views["contribution_months"].select(
        "insured_code",
        "month",
        nw.col("employer").alias("numerator"),
        (nw.col("own") + nw.col("employer")).alias("denominator"),
    )
