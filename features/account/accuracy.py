"""What was credited for each month, held against what was due for it."""

from __future__ import annotations

import narwhals as nw

from features.account.due import AT_WORK, RETIRED
from features.account.months import first_day, last_day
from features.registry import Frame

_MONTH = ["person_id", "month"]


def of_person_months(dues: Frame) -> Frame:
    """Dues of `features.account.due.due_credits`, one row per person and month.

    Columns: person_id, month, low, high (fen; the dues of the categories held in the month, null where one of them is
    not known), at_work, retired (whether held), rule (of the retired), whole (enrolled on every day), employer_id,
    employer_part, paid_day.
    """
    category, covered = nw.col("category"), nw.col("covered")
    retired = category == RETIRED
    days = (last_day(nw.col("month")) - first_day(nw.col("month")) + 1).cast(nw.Int64)
    known = nw.col("unknown") == 0
    return (
        dues.with_columns(
            unknown=nw.col("due").is_null().cast(nw.Int64),
            of_work=category.is_in(AT_WORK).cast(nw.Int64),
            of_retired=retired.cast(nw.Int64),
            rule=nw.when(retired).then(nw.col("rule")),
        )
        .group_by(_MONTH)
        .agg(
            nw.col("unknown", "of_work", "of_retired").max(),
            covered.sum(),
            nw.col("rule", "employer_id").min(),
            nw.col("employer_part", "paid_day").max(),
            low=nw.col("due").min(),
            high=nw.col("due").max(),
        )
        .with_columns(
            low=nw.when(known).then(nw.col("low")),
            high=nw.when(known).then(nw.col("high")),
            at_work=nw.col("of_work") == 1,
            retired=nw.col("of_retired") == 1,
            whole=covered >= days,
        )
    )


def usual_credit(credited: Frame) -> Frame:
    """The amount that at least half of the retired were credited for a month, and no other as many: month, usual (fen).

    Where amounts differ more than that, nobody can say which of them is right, and there is none.
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
    """What each of the retired had when the rule began that leaves their credit unchanged: person_id, earlier (fen).

    The last credit before the rule, or where the data begin later, the first under it. Of people credited under it.
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
    """Months of people with the amount that they are held against, ``low`` to ``high``; null where nothing can be said.

    Args:
        months: `of_person_months`, with the columns of the view ``monthly_credits`` (null where nothing was credited).
    """
    alone = nw.col("retired") & ~nw.col("at_work") & nw.col("whole")
    retired = months.filter(alone, ~nw.col("credits").is_null())
    usual = usual_credit(retired.filter(nw.col("rule") == "uniform"))
    found = months.join(usual, on="month", how="left").join(
        earlier_credit(retired), on="person_id", how="left"
    )
    of_retired = (
        nw.when(nw.col("rule") == "uniform")
        .then(nw.coalesce("low", "usual"))
        .otherwise(nw.when(nw.col("rule") == "unchanged").then(nw.col("earlier")))
    )
    working = nw.col("at_work") & ~nw.col("retired")
    return found.with_columns(
        low=nw.when(working).then(nw.col("low")).otherwise(nw.when(alone).then(of_retired)),
        high=nw.when(working).then(nw.col("high")).otherwise(nw.when(alone).then(of_retired)),
    )
