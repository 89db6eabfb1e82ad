"""The ledger of personal accounts by month."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from features.calendar import MONTHS_PER_YEAR, date_of, month_index, month_of_day
from features.contract.vocabulary import RETIRED
from features.engine import materialize
from features.indicators.periods import Period, months_of, spans
from features.policy import Policy, Window
from features.registry import Frame, Relations, view
from features.visits.settlements import count

DEBITS = ("settlement", "mutual_aid", "premium", "transfer_out")
SCHEDULE, RETIRED_SCHEDULE = "account_credit.schedule", "account_credit.retired_schedule"
_MONTH = ("insured_code", "month")
_NEVER = 99_999
"""A month that no account comes to."""


@view(
    grain="account and month with an entry",
    persist=True,
    order=("insured_code", "month"),
    schema={
        "insured_code": nw.Int32,
        "month": nw.Int32,
        "until": nw.Int32,
        "balance": nw.Int64,
        "credits": nw.Int64,
        "credited": nw.Int64,
        "debits": nw.Int64,
        "movements": nw.Int64,
    },
)
def ledger_months(account_entries: Frame, insured: Frame, entitlement_spells: Frame, policy: Policy) -> Frame:
    """Accounts by month, with ``until``, the account's next such month, and sums in fen.

    ``balance`` after the last entry (by time, then entry_id), ``credits`` and the number of months ``credited`` that
    they are for, ``debits`` (payments, premiums, transfers out, less refunds) and their number ``movements``.
    """
    entries = coded_entries(account_entries, insured)
    monthly, debit = nw.col("entry_kind") == "monthly_credit", nw.col("entry_kind").is_in(DEBITS)
    back = debit | (nw.col("entry_kind") == "refund")
    sums = materialize(
        entries.with_columns(
            credits=nw.when(monthly).then(nw.col("amount")).otherwise(nw.lit(0)),
            accrual=nw.when(monthly).then(nw.col("accrual_month_index").fill_null(nw.col("month"))),
            debits=nw.when(back).then(0 - nw.col("amount")).otherwise(nw.lit(0)),
            movements=debit.cast(nw.Int64),
        )
        .group_by(*_MONTH)
        .agg(
            nw.col("credits", "debits", "movements").sum(),
            nw.col("posted_at").max(),
            _distinct("accrual").alias("credited"),
        )
    )
    sums = _of_years(sums, entitlement_spells, policy)
    moments = sums.select(*_MONTH, "posted_at")
    last = materialize(
        entries.select(*_MONTH, "posted_at", "entry_id", "balance_after").join(
            moments, on=[*_MONTH, "posted_at"], how="semi"
        )
    )
    until = nw.col("month").shift(-1).over("insured_code", order_by="month").fill_null(_NEVER)
    return (
        sums.join(_closing(last), on=list(_MONTH))
        .with_columns(until=until)
        .select(
            *(nw.col(name).cast(nw.Int32) for name in (*_MONTH, "until")),
            "balance",
            "credits",
            "credited",
            "debits",
            "movements",
        )
    )


def _distinct(name: str) -> nw.Expr:
    """How many values a column has, nulls left out."""
    values = nw.col(name).n_unique().cast(nw.Int64)
    return values - nw.col(name).is_null().any().cast(nw.Int64)


def _of_years(sums: Frame, spells: Frame, policy: Policy) -> Frame:
    """The sums, ``credited`` twelve months where accounts of the person's category are credited by the year.

    By the schedule in force on the last day of the month of posting; people who are not entitled then count as working.
    """
    annual = {
        retired: [window for window in policy.known_windows(name) if window.value == "annual"]
        for retired, name in ((False, SCHEDULE), (True, RETIRED_SCHEDULE))
    }
    if not any(annual.values()):
        return sums
    inside = nw.col("month").is_between(nw.col("start"), nw.col("end"))
    retired = (
        sums.select(*_MONTH)
        .join(spells, on="insured_code")
        .filter(inside, nw.col("category") == RETIRED)
        .select(*_MONTH, retired=nw.lit(1))
        .unique()
    )
    by_the_year = nw.any_horizontal(
        nw.lit(False),
        *(
            ((~nw.col("retired").is_null()) == of_retired) & _in_window(window)
            for of_retired, windows in annual.items()
            for window in windows
        ),
        ignore_nulls=True,
    )
    year = nw.max_horizontal("credited", nw.lit(MONTHS_PER_YEAR).cast(nw.Int64))
    spread = nw.when((nw.col("credited") > 0) & by_the_year).then(year).otherwise(nw.col("credited"))
    return materialize(
        sums.join(retired, on=list(_MONTH), how="left").with_columns(credited=spread).drop("retired")
    )


def _in_window(window: Window) -> nw.Expr:
    """Whether the last day of a ``month`` lies in a policy window."""
    begun = nw.col("month") >= _month_ended(window.start_day)
    return begun if window.end_day is None else begun & (nw.col("month") < _month_ended(window.end_day + 1))


def _month_ended(day: int) -> int:
    """The first month whose last day is not before a day."""
    return month_index(date_of(day))


def _closing(last: Frame) -> Frame:
    """Balance after the last of the entries of a month's last moment: insured_code, month, balance.

    Nearly all have one such entry; only of the others is the id compared.
    """
    counted = last.group_by(*_MONTH).agg(count().alias("n"), nw.col("balance_after").max().alias("balance"))
    several = last.join(counted.filter(nw.col("n") > 1), on=list(_MONTH), how="semi")
    latest = several.group_by(*_MONTH).agg(nw.col("entry_id").max())
    right = several.join(latest, on=[*_MONTH, "entry_id"]).select(*_MONTH, right="balance_after")
    both = counted.join(right, on=list(_MONTH), how="left")
    return both.select(*_MONTH, nw.coalesce("right", "balance").alias("balance"))


def coded_entries(account_entries: Frame, insured: Frame) -> Frame:
    """Ledger entries with the owner's ``insured_code`` and the ``month`` of posting."""
    codes = insured.select("insured_code", account_id="person_id")
    return account_entries.join(codes, on="account_id").with_columns(month=month_of_day(nw.col("posted_day")))


def balances(views: Relations, periods: Sequence[Period]) -> Frame:
    """Balance of every account at the end of each period, by the last entry until then.

    Columns: period, end (its last month), insured_code, balance.
    """
    in_force = (
        views["ledger_months"]
        .join(spans(periods), how="cross")
        .filter(nw.col("month") <= nw.col("end"), nw.col("until") > nw.col("end"))
    )
    return in_force.select("period", "end", "insured_code", "balance")


def year_up_to(views: Relations, periods: Sequence[Period], months: int) -> Frame:
    """Sums of the ledger over some months up to the end of each period.

    Columns: period, insured_code, credits, credited, debits, movements.
    """
    year = months_of(periods, lambda period: period.end - months + 1)
    inside = views["ledger_months"].join(year, on="month")
    return inside.group_by("period", "insured_code").agg(
        nw.col("credits", "credited", "debits", "movements").sum()
    )
