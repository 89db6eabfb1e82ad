"""Personal accounts as indicators read them: the ledger by month, authorisations, what was paid in."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import polars as pl

from features.account.accuracy import person_month_dues, targets
from features.account.credits import monthly_credits
from features.account.due import due_credits
from features.indicators.ground import Ground, Source, relation
from features.indicators.limits import windows_of
from features.indicators.periods import YEAR, month_of
from features.policy import Window
from features.registry import Frame
from features.visits.settlements import count

DEBITS = ("settlement", "mutual_aid", "premium", "transfer_out")
UNLISTED = "unlisted_premium"
"""The detector of premiums that an account may not pay (D28)."""
SCHEDULE, RETIRED_SCHEDULE = "account_credit.schedule", "account_credit.retired_schedule"
_MONTH = ("person", "month")
_ENDLESS = 99_999
"""A month that no account comes to."""


@relation(order=("person", "month"), reads=("people", "entitled"))
def ledger(source: Source, ground: Ground) -> Frame:
    """Accounts by month with an entry: person, month, ``until`` (the account's next such month), and fen.

    ``balance`` after the last entry (by time, then entry_id), ``credits`` and the number of months ``credited`` that
    they are for, ``debits`` (payments, premiums, transfers out, less refunds) and their number ``movements``.
    """
    entries = _entries(source, ground)
    monthly, debit = nw.col("entry_kind") == "monthly_credit", nw.col("entry_kind").is_in(DEBITS)
    back = debit | (nw.col("entry_kind") == "refund")
    sums = _once(
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
    sums = _of_years(sums, source, ground)
    moments = sums.select(*_MONTH, "posted_at")
    last = _once(
        entries.select(*_MONTH, "posted_at", "entry_id", "balance_after").join(
            moments, on=[*_MONTH, "posted_at"], how="semi"
        )
    )
    until = nw.col("month").shift(-1).over("person", order_by="month").fill_null(_ENDLESS)
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


def _of_years(sums: Frame, source: Source, ground: Ground) -> Frame:
    """The same, ``credited`` a year's months where accounts of the person's category are credited by the year.

    By the schedule in force on the last day of the month of posting; whoever is not entitled then counts as in work.
    """
    annual = {
        retired: [one for one in windows_of(source.policy, name) if one.value == "annual"]
        for retired, name in ((False, SCHEDULE), (True, RETIRED_SCHEDULE))
    }
    if not any(annual.values()):
        return sums
    held = ground["entitled"].select("person", "start", "end", "category")
    inside = nw.col("month").is_between(nw.col("start"), nw.col("end"))
    retired = (
        sums.select(*_MONTH)
        .join(held, on="person")
        .filter(inside, nw.col("category") == "retired")
        .select(*_MONTH, retired=nw.lit(1))
        .unique()
    )
    by_the_year = nw.any_horizontal(
        nw.lit(False),
        *(
            ((~nw.col("retired").is_null()) == which) & _in_window(one)
            for which, windows in annual.items()
            for one in windows
        ),
        ignore_nulls=True,
    )
    year = nw.max_horizontal("credited", nw.lit(YEAR).cast(nw.Int64))
    spread = nw.when((nw.col("credited") > 0) & by_the_year).then(year).otherwise(nw.col("credited"))
    return _once(
        sums.join(retired, on=list(_MONTH), how="left").with_columns(credited=spread).drop("retired")
    )


def _in_window(one: Window) -> nw.Expr:
    """Whether the last day of a ``month`` lies in a policy window."""
    begun = nw.col("month") >= _month_ended(one.start_day)
    return begun if one.end_day is None else begun & (nw.col("month") < _month_ended(one.end_day + 1))


def _month_ended(day: int) -> int:
    """The first month whose last day is not before a day."""
    on = dt.date(1970, 1, 1) + dt.timedelta(days=day)
    return on.year * YEAR + on.month - 1


def _closing(last: Frame) -> Frame:
    """Balance after the last of the entries of a month's last moment: person, month, balance.

    Nearly all have one such entry; only of the others is the id compared.
    """
    counted = last.group_by(*_MONTH).agg(count().alias("n"), nw.col("balance_after").max().alias("balance"))
    several = last.join(counted.filter(nw.col("n") > 1), on=list(_MONTH), how="semi")
    latest = several.group_by(*_MONTH).agg(nw.col("entry_id").max())
    right = several.join(latest, on=[*_MONTH, "entry_id"]).select(*_MONTH, right="balance_after")
    found = counted.join(right, on=list(_MONTH), how="left")
    return found.select(*_MONTH, nw.coalesce("right", "balance").alias("balance"))


@relation(order=("month", "person", "entry_id"), reads=("people",))
def other_uses(source: Source, ground: Ground) -> Frame:
    """What accounts paid for beside care: entry_id, person, month, use (``premium_<kind>`` or ``transfer_out``), fen.

    And ``cause``, of a premium that a detector found to be none that an account may pay; else null.
    """
    entries = _entries(source, ground).filter(nw.col("entry_kind").is_in(["premium", "transfer_out"]))
    kind = nw.col("premium_kind").fill_null("unknown")
    premium = nw.concat_str(nw.lit("premium_"), kind)
    found = source.found(UNLISTED, "entry_id").select("entry_id", "cause")
    return (
        entries.with_columns(
            use=nw.when(nw.col("entry_kind") == "premium").then(premium).otherwise(nw.lit("transfer_out"))
        )
        .join(found, on="entry_id", how="left")
        .select(
            "entry_id",
            *(nw.col(name).cast(nw.Int32) for name in _MONTH),
            "use",
            (0 - nw.col("amount")).alias("fen"),
            "cause",
        )
    )


def _entries(source: Source, ground: Ground) -> Frame:
    people = ground["people"].select("person", account_id="person_id")
    return source.tables.account_entries.join(people, on="account_id").with_columns(
        month=month_of(nw.col("posted_day"))
    )


@relation(order=("person", "start_day", "end_day"), reads=("people",))
def authorised(source: Source, ground: Ground) -> Frame:
    """Authorisations by the owner of the account: person, start_day, end_day (null while open)."""
    people = ground["people"].select("person", payer_id="person_id")
    return source.tables.family_authorizations.join(people, on="payer_id").select(
        "person", nw.col("valid_from_day").alias("start_day"), nw.col("valid_to_day").alias("end_day")
    )


@relation(order=("month", "person"), reads=("people",))
def contributed(source: Source, ground: Ground) -> Frame:
    """What contributions put into accounts: person, month (of accrual), ``own`` and ``employer`` in fen."""
    people = ground["people"].select("person", "person_id")
    return source.tables.contributions.join(people, on="person_id").select(
        "person",
        nw.col("accrual_month_index").alias("month"),
        nw.col("person_into_account").fill_null(0).alias("own"),
        nw.col("employer_into_account").fill_null(0).alias("employer"),
    )


@relation(order=("month", "person"), reads=("people",))
def credited(source: Source, ground: Ground) -> Frame:
    """Months of people for whom a credit is due by the rules: person, month, credited, low, high (fen).

    Between ``low`` and ``high`` lies what is due; they differ where the category changed in the month. What the
    employer put in is told of otherwise (`contributed`), and is no part of ``credited``.
    """
    tables = source.tables
    posted = monthly_credits(tables.account_entries)
    span: pl.LazyFrame = posted.select(first=nw.col("month").min(), last=nw.col("month").max()).to_native()
    first, last = span.collect().row(0)
    dues = due_credits(
        tables.enrolments, tables.contributions, source.policy, (first or 0, last or -1), tables.persons
    )
    people = ground["people"].select("person", "person_id")
    months = person_month_dues(dues).join(posted, on=["person_id", "month"], how="left")
    return (
        targets(_once(months.drop("employer_id", "paid_day", "largest", "posted_day")))
        .filter(nw.col("low") > 0)
        .join(people, on="person_id")
        .select(
            "person",
            "month",
            (nw.col("credited").fill_null(0) - nw.col("employer_part").fill_null(0)).alias("credited"),
            "low",
            "high",
        )
    )


def _once(frame: Frame) -> Frame:
    """The same, computed now: what follows reads it several times."""
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.collect(engine="streaming").lazy())


def balances(ground: Ground, month: int) -> Frame:
    """Balance of every account at the end of a month, by the last entry until then: person, balance."""
    held = ground["ledger"].filter(nw.col("month") <= month, nw.col("until") > month)
    return held.select("person", "balance")


def year_up_to(ground: Ground, month: int, months: int) -> Frame:
    """Sums of the ledger over some months up to one: person, credits, credited, debits, movements."""
    inside = ground["ledger"].filter(nw.col("month").is_between(month - months + 1, month))
    return inside.group_by("person").agg(
        nw.col("credits", "credited", "debits", "movements").sum(), count().alias("months")
    )
