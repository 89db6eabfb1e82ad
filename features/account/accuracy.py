"""Credits of each month next to the amount that was due for it."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.calendar import first_day, last_day
from features.contract.vocabulary import RETIRED, WORKING_CATEGORIES
from features.registry import Frame

_MONTH = ["person_id", "month"]


def person_month_dues(dues: Frame, *, possible: bool = False) -> Frame:
    """Dues of `features.account.due.due_credits`, one row per person and month.

    With ``possible``, a person has one of the categories of the month, and not each of them on some days.

    Columns: person_id, month, low, high (fen; smallest and largest due of the categories of the month, null where one
    of them is not known), at_work, retired (whether the month has such a category), rule (of the retired), whole
    (enrolled on every day), employer_id, employer_part, paid_day.
    """
    category, covered = nw.col("category"), nw.col("covered")
    retired = category == RETIRED
    days = (last_day(nw.col("month")) - first_day(nw.col("month")) + 1).cast(nw.Int64)
    known = nw.col("unknown") == 0
    return (
        dues.with_columns(
            unknown=nw.col("due").is_null().cast(nw.Int64),
            work_rows=category.is_in(WORKING_CATEGORIES).cast(nw.Int64),
            retired_rows=retired.cast(nw.Int64),
            rule=nw.when(retired).then(nw.col("rule")),
        )
        .group_by(_MONTH)
        .agg(
            nw.col("unknown", "work_rows", "retired_rows").max(),
            covered.max() if possible else covered.sum(),
            nw.col("rule", "employer_id").min(),
            nw.col("employer_part", "paid_day").max(),
            low=nw.col("due").min(),
            high=nw.col("due").max(),
        )
        .with_columns(
            low=nw.when(known).then(nw.col("low")),
            high=nw.when(known).then(nw.col("high")),
            at_work=nw.col("work_rows") == 1,
            retired=nw.col("retired_rows") == 1,
            whole=covered >= days,
        )
    )


def usual_credit(credited: Frame) -> Frame:
    """The one amount that at least half of the retired were credited for a month.

    A month has none where amounts differ more than that, or where two amounts reach half each: then none of them can
    be called the right one. Columns: month, usual (fen).
    """
    people = nw.col("people")
    counted = credited.group_by("month", "credited").agg(people=nw.len().cast(nw.Int64))
    common = counted.filter(people * 2 >= people.sum().over("month"))
    return (
        common.group_by("month")
        .agg(usual=nw.col("credited").min(), amounts=nw.len().cast(nw.Int64))
        .filter(nw.col("amounts") == 1)
        .select("month", "usual")
    )


def earlier_credit(credited: Frame) -> Frame:
    """The credit that each of the retired had when the rule ``unchanged`` began.

    It is the last credit before the rule or, where the data begin later, the first one under it. Columns: person_id,
    earlier (fen), for people credited under the rule.
    """
    under = nw.col("rule") == "unchanged"
    first = credited.filter(under).group_by("person_id").agg(first=nw.col("month").min())
    before = (
        credited.filter(nw.col("rule").is_null())
        .join(first, on="person_id", how="inner")
        .filter(nw.col("month") < nw.col("first"))
        .group_by("person_id")
        .agg(last=nw.col("month").max())
    )
    from_month = nw.when(nw.col("last").is_null()).then(nw.col("first")).otherwise(nw.col("last"))
    return (
        first.join(before, on="person_id", how="left")
        .select("person_id", month=from_month)
        .join(credited.select(*_MONTH, earlier=nw.col("smallest")), on=_MONTH, how="inner")
        .drop("month")
    )


def targets(months: Frame) -> Frame:
    """Months of people with the amount that their credit is compared with, ``low`` to ``high``; null where unknown.

    Args:
        months: `person_month_dues`, with the columns of the view ``monthly_credits`` (null where nothing was credited).
    """
    alone = nw.col("retired") & ~nw.col("at_work") & nw.col("whole")
    retired = months.filter(alone, ~nw.col("credits").is_null())
    usual = usual_credit(retired.filter(nw.col("rule") == "uniform"))
    known = months.join(usual, on="month", how="left").join(
        earlier_credit(retired), on="person_id", how="left"
    )
    retired_amount = (
        nw.when(nw.col("rule") == "uniform")
        .then(nw.coalesce("low", "usual"))
        .otherwise(nw.when(nw.col("rule") == "unchanged").then(nw.col("earlier")))
    )
    working = nw.col("at_work") & ~nw.col("retired")
    return known.with_columns(
        low=nw.when(working).then(nw.col("low")).otherwise(nw.when(alone).then(retired_amount)),
        high=nw.when(working).then(nw.col("high")).otherwise(nw.when(alone).then(retired_amount)),
    )
