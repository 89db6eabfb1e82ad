"""What the tables hold about the people of groups: employer, division, age, registered contexts, scheduled care.

Each is measured as the share of the group that it covers; the card says from which share on it counts.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from features.engine import collect
from features.registered import covered
from features.visits.settlements import under_programme

_YEAR = 365.25


class Backgrounds:
    """What is recorded about the people of some groups, read once.

    Args:
        context: the data set.
        rows: person_id, provider_id, day of the groups' settlements.
        old_age: age in years, on the last day of the rows, from which a person counts as old.
        minor_age: age below which a person is a minor.
    """

    def __init__(
        self, context: DetectorContext, rows: pl.DataFrame, old_age: float, minor_age: float
    ) -> None:
        tables = context.whole
        members = rows.lazy().select("person_id").unique()
        enrolments: pl.LazyFrame = tables.enrolments.select("person_id", "employer_id").to_native()
        persons: pl.LazyFrame = tables.persons.select("person_id", "region_code", "birth_day").to_native()
        self._enrolments = enrolments.join(members, on="person_id", how="semi").collect()
        age = (pl.lit(rows["day"].max()) - pl.col("birth_day")) / _YEAR
        self._persons = (
            persons.join(members, on="person_id", how="semi")
            .with_columns(old=age >= old_age, minor=age < minor_age)
            .collect()
        )
        self._visits = _visits(context, rows)

    def of(self, part: pl.DataFrame) -> dict[str, float]:
        """Shares of one group.

        `same_employer`, `same_division` (the most frequent), `old` and `minors` are shares of the members;
        `in_context`, `scheduled` and `lawful` (either) are shares of their visits to the group's providers.

        Args:
            part: the rows of the group.
        """
        members = part["person_id"].unique()
        persons = self._persons.filter(pl.col("person_id").is_in(members.implode()))
        enrolments = self._enrolments.filter(pl.col("person_id").is_in(members.implode()))
        visits = self._visits.join(
            part.select("person_id", "provider_id").unique(), on=["person_id", "provider_id"]
        )
        shares = visits.select(
            pl.col("in_context", "scheduled").mean(),
            lawful=(pl.col("in_context") | pl.col("scheduled")).mean(),
        ).row(0, named=True)
        return {
            "same_employer": _most_common(enrolments, "employer_id", len(members)),
            "same_division": _most_common(persons, "region_code", len(members)),
            "old": float(persons["old"].sum() or 0) / len(members),
            "minors": float(persons["minor"].sum() or 0) / len(members),
            **{name: float(share or 0) for name, share in shares.items()},
        }


def _visits(context: DetectorContext, rows: pl.DataFrame) -> pl.DataFrame:
    """All visits of the rows' people to the rows' providers, with `in_context` and `scheduled`."""
    key = ["person_id", "provider_id", "day"]
    pairs = nw.from_native(rows.lazy().select("person_id", "provider_id").unique())
    visits = (
        context.views["net_settlements"]
        .join(pairs, on=["person_id", "provider_id"], how="semi")
        .select(
            "person_id", "provider_id", nw.col("settled_day").alias("day"), under_programme().alias("planned")
        )
        .group_by(*key)
        .agg(nw.col("planned").fill_null(value=False).any().alias("scheduled"))
    )
    registered = covered(visits.select(*key), context.whole.registered_contexts).unique()
    marked = visits.join(registered.with_columns(registered=nw.lit(value=True)), on=key, how="left")
    return collect(marked.with_columns(in_context=~nw.col("registered").is_null()))


def on_fixed_days(days: pl.Series, month: tuple[float, float]) -> float:
    """How far a calendar explains the days: the larger of two shares.

    The share of days on the weekday that most fall on (a clinic's Tuesday), and the share of gaps as long as a
    month (the nursing home's round). Someone who collects cards need not keep to a calendar.

    Args:
        days: days since 1970-01-01, any order.
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
