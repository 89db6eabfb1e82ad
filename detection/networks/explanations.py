"""What speaks for a lawful reason: employer, registered context, scheduled care, fixed days, home.

A group may be a works outing to the health check, a nursing home's monthly round, a dialysis shift. Each
reason is measured as the share of the group that it covers; the card says from which share on it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import polars as pl

from features.engine import collect
from features.registered import covered


def explained(
    days: pl.DataFrame,
    members: Sequence[str],
    contexts: pl.DataFrame,
    scheduled: pl.DataFrame,
    enrolments: pl.DataFrame,
    persons: pl.DataFrame,
) -> dict[str, float]:
    """Shares of one group that lawful reasons cover.

    Args:
        days: settlement_id, provider_id, day, person_id of the group's days.
        members: the group.
        contexts: the contract's registered_contexts.
        scheduled: settlement_id of scheduled special-disease care.
        enrolments: person_id, employer_id.
        persons: person_id, region_code.

    Returns:
        `same_employer`, `same_division` (shares of members, the most frequent value) and `in_context`,
        `scheduled`, `lawful` (shares of the group's settlements; `lawful` is either of the two).
    """
    group = pl.col("person_id").is_in(list(members))
    by_contexts = days.join(in_context(days, contexts), on="settlement_id", how="left")
    planned = by_contexts.join(scheduled.with_columns(planned=True), on="settlement_id", how="left")
    by_context, by_plan = pl.col("in_context").is_not_null(), pl.col("planned").is_not_null()
    shares = planned.select(
        in_context=by_context.mean(), scheduled=by_plan.mean(), lawful=(by_context | by_plan).mean()
    ).row(0, named=True)
    return {
        "same_employer": _most_common(enrolments.filter(group), "employer_id", len(members)),
        "same_division": _most_common(persons.filter(group), "region_code", len(members)),
        **{name: float(share or 0) for name, share in shares.items()},
    }


def in_context(days: pl.DataFrame, contexts: pl.DataFrame) -> pl.DataFrame:
    """Settlements that a registered context covers: by person, by provider, or by both, on the day."""
    rows = nw.from_native(days.lazy()).select("settlement_id", "person_id", "provider_id", "day")
    explained_rows = covered(rows, nw.from_native(contexts.lazy()))
    return collect(explained_rows.select("settlement_id").unique()).with_columns(in_context=True)


def on_fixed_days(days: pl.Series, month: tuple[float, float]) -> float:
    """How far a calendar explains the days: the larger of two shares.

    The share of days on the weekday that most fall on (a clinic's Tuesday), and the share of gaps as long as a
    month (the nursing home's round). Someone who collects cards need not keep to a calendar.

    Args:
        days: different days since 1970-01-01, any order.
        month: shortest and longest gap, in days, that counts as a month.
    """
    ordered = days.unique().sort()
    weekdays = (ordered % 7).value_counts()["count"].max()
    gaps = ordered.diff().drop_nulls()
    monthly = gaps.is_between(*month).mean() if len(gaps) else 0.0
    return max(float(str(weekdays)) / len(ordered), float(str(monthly)))


def _most_common(rows: pl.DataFrame, column: str, members: int) -> float:
    """Share of the members who have the value that most of them have."""
    values = rows.filter(pl.col(column).is_not_null()).select("person_id", column).unique()
    most = values.group_by(column).len()["len"].max()
    return float(str(most)) / members if most is not None else 0.0
