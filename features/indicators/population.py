"""Who is counted: people and providers by a small integer each, and when people are entitled."""

from __future__ import annotations

import narwhals as nw

from features.indicators.ground import Ground, Source, relation
from features.indicators.periods import Period, month_of
from features.registry import Frame
from features.visits.people import age_band, known
from features.visits.settlements import count

NOT_ENTITLED = ("suspended", "terminated")


@relation(order=("person",))
def people(source: Source, _: Ground) -> Frame:
    """Everyone whom the data know: ``person`` (a code), person_id, district, age_band on the last day, employer_id.

    The employer is that of the latest enrolment in the employee scheme.
    """
    tables = source.tables
    ids = [
        tables.persons.select("person_id"),
        tables.enrolments.select("person_id"),
        tables.settlements.select("person_id"),
        tables.settlements.select(person_id="mutual_aid_payer_id"),
        tables.account_entries.select(person_id="account_id"),
        tables.family_authorizations.select(person_id="payer_id"),
        tables.contributions.select("person_id"),
    ]
    everyone = nw.concat(ids, how="vertical").filter(~nw.col("person_id").is_null()).unique()
    last = tables.settlements.select(last_day=nw.col("settled_day").max())
    return (
        everyone.with_row_index("person", order_by="person_id")
        .with_columns(nw.col("person").cast(nw.Int32))
        .join(tables.persons.select("person_id", "birth_day", "region_code"), on="person_id", how="left")
        .join(_employer(tables.enrolments), on="person_id", how="left")
        .join(last, how="cross")
        .select(
            "person",
            "person_id",
            known("region_code").alias("district"),
            age_band("birth_day", "last_day").alias("age_band"),
            known("employer_id"),
        )
    )


def _employer(enrolments: Frame) -> Frame:
    """The employer of each person's latest enrolment as an employee; of two from one day, the first by name."""
    employed = enrolments.filter(nw.col("scheme") == "employee", ~nw.col("employer_id").is_null())
    latest = employed.group_by("person_id").agg(nw.col("start_day").max().alias("latest"))
    return (
        employed.join(latest, on="person_id")
        .filter(nw.col("start_day") == nw.col("latest"))
        .group_by("person_id")
        .agg(nw.col("employer_id").min())
    )


@relation(order=("provider",))
def institutions(source: Source, _: Ground) -> Frame:
    """Every provider: ``provider`` (a code), provider_id, provider_kind, provider_level."""
    tables = source.tables
    ids = [tables.providers.select("provider_id"), tables.settlements.select("provider_id")]
    listed = tables.providers.select("provider_id", "provider_kind", "level")
    return (
        nw.concat(ids, how="vertical")
        .filter(~nw.col("provider_id").is_null())
        .unique()
        .with_row_index("provider", order_by="provider_id")
        .with_columns(nw.col("provider").cast(nw.Int32))
        .join(listed, on="provider_id", how="left")
        .select("provider", "provider_id", known("provider_kind"), known("level").alias("provider_level"))
    )


@relation(order=("person", "start"), reads=("people",))
def entitled(source: Source, ground: Ground) -> Frame:
    """Months of entitlement of employees, each once: person, start and end (months, both inside), category.

    A month counts for whoever is entitled on its last day: enrolled as an employee, neither suspended nor terminated,
    and alive. Where enrolments overlap, the later one counts for the months after the earlier one's.
    """
    tables = source.tables
    died = tables.persons.select("person_id", "death_day")
    spans = (
        tables.enrolments.filter(nw.col("scheme") == "employee", ~nw.col("status").is_in(NOT_ENTITLED))
        .join(died, on="person_id", how="left")
        .with_columns(until=nw.min_horizontal("end_day", "death_day").fill_null(_OPEN))
        .select(
            "person_id",
            nw.col("person_category").alias("category"),
            month_of(nw.col("start_day")).alias("start"),
            (month_of(nw.col("until") + 1) - 1).alias("end"),
        )
        .filter(nw.col("start") <= nw.col("end"))
        .join(ground["people"].select("person", "person_id"), on="person_id")
    )
    in_order = {"order_by": ("start", "end", "category")}
    return (
        spans.with_columns(reached=nw.col("end").cum_max().over("person", **in_order))
        .with_columns(reached=nw.col("reached").shift(1).over("person", **in_order))
        .with_columns(start=nw.max_horizontal("start", nw.col("reached") + 1))
        .filter(nw.col("start") <= nw.col("end"))
        .select("person", *(nw.col(name).cast(nw.Int32) for name in ("start", "end")), "category")
    )


_OPEN = 99_999  # a day in 2243: an enrolment without an end


def entitled_months(ground: Ground, start: int, end: int) -> Frame:
    """Months of entitlement of each person between two months, and the category of the last of them.

    Columns: person, months, person_category. Who has none is left out.
    """
    inside = (
        ground["entitled"]
        .filter(nw.col("start") <= end, nw.col("end") >= start)
        .with_columns(
            first=nw.max_horizontal("start", nw.lit(start)), last=nw.min_horizontal("end", nw.lit(end))
        )
    )
    counted = inside.group_by("person").agg(
        (nw.col("last") - nw.col("first") + 1).cast(nw.Int64).sum().alias("months"),
        nw.col("last").max().alias("latest"),
    )
    category = inside.select("person", "last", person_category="category")
    return counted.join(category, left_on=["person", "latest"], right_on=["person", "last"]).select(
        "person", "months", "person_category"
    )


def categories(ground: Ground, period: Period) -> Frame:
    """The category of each person's latest entitlement that began by the end of a period: person, person_category."""
    begun = ground["entitled"].filter(nw.col("start") <= period.end)
    latest = begun.group_by("person").agg(nw.col("start").max().alias("latest"))
    return begun.join(latest, left_on=["person", "start"], right_on=["person", "latest"]).select(
        "person", person_category="category"
    )


def rows(frame: Frame, *keys: str) -> Frame:
    """How many rows a group has."""
    return frame.group_by(*keys).agg(count().alias("n"))
