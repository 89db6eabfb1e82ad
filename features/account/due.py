"""Credits due to personal accounts, by the rules in force in the month (seed statements A21 to A27)."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.calendar import first_day, last_day
from features.contract.vocabulary import RETIRED, UNKNOWN_AREAS, WORKING_CATEGORIES
from features.money import MILLIONTHS, share_of
from features.policy import Policy
from features.registry import Frame


def due_credits(
    enrolments: Frame,
    contributions: Frame,
    policy: Policy,
    months: tuple[int, int],
    persons: Frame | None = None,
) -> Frame:
    """Credits due to accounts, month by month; due for the whole month, whatever part of it the person was enrolled.

    People at work are due a share of the base of a contribution; without a contribution, nothing. The retired are due
    a credit every month: one amount for all or, under the rule ``unchanged``, their earlier one, which the policy does
    not state.

    Args:
        enrolments: table of the contract.
        contributions: table of the contract.
        policy: of the area; people enrolled elsewhere are left out.
        months: indexes of the first and the last month.
        persons: table of the contract, for the days of death.

    Returns:
        One row per person, month and category of the month: person_id, month, category, rule (``active_rate``,
        ``flexible_rate``, ``uniform``, ``unchanged``; null where no rule is known), due (fen; null where the policy
        does not state it), covered (days enrolled in the category), employer_id, employer_part (fen that the
        employer pays into the account), paid_day.
    """
    insured = _insured(enrolments, persons, policy.area)
    day = first_day(nw.col("month"))
    columns = [
        "person_id",
        "month",
        "category",
        "rule",
        "due",
        "covered",
        "employer_id",
        "employer_part",
        "paid_day",
    ]
    return nw.concat(
        [
            _at_work(insured, contributions, policy, months, day).select(columns),
            _retired(insured, policy, months, day).select(columns),
        ]
    )


def _insured(enrolments: Frame, persons: Frame | None, area: str) -> Frame:
    """Intervals in which employees' benefits run, here, until death."""
    here = nw.col("pooling_area").is_null() | nw.col("pooling_area").is_in([*UNKNOWN_AREAS, area])
    active = enrolments.filter(nw.col("scheme") == "employee", nw.col("status") == "active", here)
    end = nw.col("end_day")
    if persons is not None:
        active = active.join(persons.select("person_id", "death_day"), on="person_id", how="left")
        end = nw.min_horizontal("end_day", "death_day")
    return active.select(
        "person_id", "start_day", "employer_id", category=nw.col("person_category"), until=end
    )


def _covered(insured: Frame) -> Frame:
    """Person-months with the days of an interval that lie in them; those with none are left out."""
    month = nw.col("month")
    begins = nw.max_horizontal(nw.col("start_day"), first_day(month))
    ends = nw.min_horizontal(nw.col("until"), last_day(month))
    return insured.with_columns(covered=(ends - begins + 1).cast(nw.Int64)).filter(nw.col("covered") > 0)


def _at_work(
    insured: Frame, contributions: Frame, policy: Policy, months: tuple[int, int], day: nw.Expr
) -> Frame:
    paid = contributions.select(
        "person_id",
        "contribution_base",
        "paid_day",
        month=nw.col("accrual_month_index"),
        employer_part=nw.col("employer_into_account").fill_null(0),
    ).filter(nw.col("month").is_between(*months))
    each = _covered(
        paid.join(insured.filter(nw.col("category").is_in(WORKING_CATEGORIES)), on="person_id", how="inner")
    )
    by_month = each.group_by("person_id", "month", "category").agg(
        nw.col("covered").sum(),
        nw.col("employer_id").min(),
        nw.col("contribution_base").max(),
        nw.col("employer_part").max(),
        nw.col("paid_day").max(),
    )
    rates = [
        policy.scaled(f"account_credit.{category}_rate", day, MILLIONTHS) for category in WORKING_CATEGORIES
    ]
    rate = nw.when(nw.col("category") == WORKING_CATEGORIES[0]).then(rates[0]).otherwise(rates[1])
    return by_month.with_columns(
        due=share_of(nw.col("contribution_base"), rate),
        rule=nw.when(~rate.is_null()).then(nw.concat_str([nw.col("category"), nw.lit("_rate")])),
    )


def _retired(insured: Frame, policy: Policy, months: tuple[int, int], day: nw.Expr) -> Frame:
    calendar = nw.from_native(
        pl.LazyFrame({"month": range(months[0], months[1] + 1)}, schema={"month": pl.Int32})
    )
    each = _covered(insured.filter(nw.col("category") == RETIRED).join(calendar, how="cross"))
    by_month = each.group_by("person_id", "month", "category").agg(
        nw.col("covered").sum(), nw.col("employer_id").min()
    )
    pension = policy.fen("account_credit.average_pension", day)
    rate = policy.scaled("account_credit.retired_rate", day, MILLIONTHS)
    rules = {
        name: policy.holds("account_credit.retired_rule", name, day) for name in ("uniform", "unchanged")
    }
    uniform = nw.when(rules["uniform"])
    return by_month.with_columns(
        due=uniform.then(share_of(pension, rate)),
        rule=uniform.then(nw.lit("uniform")).otherwise(
            nw.when(rules["unchanged"]).then(nw.lit("unchanged")).otherwise(nw.lit(None, dtype=nw.String))
        ),
        employer_part=nw.lit(0, dtype=nw.Int64),
        paid_day=nw.lit(None, dtype=nw.Int32),
    )
