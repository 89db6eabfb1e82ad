"""Who is counted: insured people and institutions by a small integer each, and when people are entitled."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from features.calendar import month_of_day
from features.contract.vocabulary import EMPLOYEE, INACTIVE_STATUSES, UNKNOWN
from features.indicators.periods import Period, spans
from features.registry import Frame, Relations, view
from features.visits.people import age_band, known


@view(
    grain="person whom any table names",
    persist=True,
    order=("insured_code",),
    schema={
        "insured_code": nw.Int32,
        "person_id": nw.String,
        "district": nw.String,
        "age_band": nw.String,
        "employer_id": nw.String,
    },
)
def insured(
    persons: Frame,
    enrolments: Frame,
    settlements: Frame,
    account_entries: Frame,
    family_authorizations: Frame,
    contributions: Frame,
) -> Frame:
    """Everyone whom the data know, by a code in the order of person_id: district, age on the last day, employer.

    The code is not that of `features.visits.codes`, which counts people with a settlement only. The employer is that
    of the latest enrolment in the employee scheme.
    """
    ids = [
        persons.select("person_id"),
        enrolments.select("person_id"),
        settlements.select("person_id"),
        settlements.select(person_id="mutual_aid_payer_id"),
        account_entries.select(person_id="account_id"),
        family_authorizations.select(person_id="payer_id"),
        contributions.select("person_id"),
    ]
    everyone = nw.concat(ids, how="vertical").filter(~nw.col("person_id").is_null()).unique()
    last = settlements.select(last_day=nw.col("settled_day").max())
    return (
        everyone.with_row_index("insured_code", order_by="person_id")
        .with_columns(nw.col("insured_code").cast(nw.Int32))
        .join(persons.select("person_id", "birth_day", "region_code"), on="person_id", how="left")
        .join(_employer(enrolments), on="person_id", how="left")
        .join(last, how="cross")
        .select(
            "insured_code",
            "person_id",
            known("region_code").alias("district"),
            age_band("birth_day", "last_day").alias("age_band"),
            known("employer_id"),
        )
    )


def _employer(enrolments: Frame) -> Frame:
    """The employer of each person's latest enrolment as an employee; of two from one day, the first by name."""
    employed = enrolments.filter(nw.col("scheme") == EMPLOYEE, ~nw.col("employer_id").is_null())
    latest = employed.group_by("person_id").agg(nw.col("start_day").max().alias("latest"))
    return (
        employed.join(latest, on="person_id")
        .filter(nw.col("start_day") == nw.col("latest"))
        .group_by("person_id")
        .agg(nw.col("employer_id").min())
    )


@view(
    grain="institution that the register or a settlement names",
    persist=True,
    order=("institution_code",),
    schema={
        "institution_code": nw.Int32,
        "provider_id": nw.String,
        "provider_kind": nw.String,
        "provider_level": nw.String,
    },
)
def institutions(providers: Frame, settlements: Frame) -> Frame:
    """Every institution by a code in the order of provider_id, with its kind and level."""
    ids = [providers.select("provider_id"), settlements.select("provider_id")]
    listed = providers.select("provider_id", "provider_kind", "level")
    return (
        nw.concat(ids, how="vertical")
        .filter(~nw.col("provider_id").is_null())
        .unique()
        .with_row_index("institution_code", order_by="provider_id")
        .with_columns(nw.col("institution_code").cast(nw.Int32))
        .join(listed, on="provider_id", how="left")
        .select(
            "institution_code", "provider_id", known("provider_kind"), known("level").alias("provider_level")
        )
    )


@view(
    grain="employee and spell of entitlement",
    persist=True,
    order=("insured_code", "start"),
    schema={"insured_code": nw.Int32, "start": nw.Int32, "end": nw.Int32, "category": nw.String},
)
def entitlement_spells(persons: Frame, enrolments: Frame, insured: Frame) -> Frame:
    """Months of entitlement of employees, each once: start and end (months, both inside), category.

    A month counts for people who are entitled on its last day: enrolled as an employee, neither suspended nor
    terminated, and alive. Where enrolments overlap, the later one counts for the months after the earlier one's.
    An enrolment whose end or status is unknown counts in no month.
    """
    died = persons.select("person_id", "death_day")
    spans = (
        enrolments.filter(
            nw.col("scheme") == EMPLOYEE,
            ~nw.col("status").is_in((*INACTIVE_STATUSES, UNKNOWN)),
            ~nw.col("end_unknown").fill_null(value=False),
        )
        .join(died, on="person_id", how="left")
        .with_columns(until=nw.min_horizontal("end_day", "death_day").fill_null(_OPEN))
        .select(
            "person_id",
            nw.col("person_category").alias("category"),
            month_of_day(nw.col("start_day")).alias("start"),
            (month_of_day(nw.col("until") + 1) - 1).alias("end"),
        )
        .filter(nw.col("start") <= nw.col("end"))
        .join(insured.select("insured_code", "person_id"), on="person_id")
    )
    in_order = {"order_by": ("start", "end", "category")}
    return (
        spans.with_columns(reached=nw.col("end").cum_max().over("insured_code", **in_order))
        .with_columns(reached=nw.col("reached").shift(1).over("insured_code", **in_order))
        .with_columns(start=nw.max_horizontal("start", nw.col("reached") + 1))
        .filter(nw.col("start") <= nw.col("end"))
        .select("insured_code", *(nw.col(name).cast(nw.Int32) for name in ("start", "end")), "category")
    )


_OPEN = 99_999  # a day in 2243: an enrolment without an end
_PERSON = ("period", "insured_code")


def entitled_months(views: Relations, months: Frame) -> Frame:
    """Months of entitlement of each person in each period, and the category of the last of them.

    Columns: period, insured_code, months, person_category. Who has none is left out.

    Args:
        views: the views of the run.
        months: from `spans`.
    """
    own = views["entitlement_spells"].select("insured_code", "category", begun="start", ended="end")
    inside = (
        own.join(months, how="cross")
        .filter(nw.col("begun") <= nw.col("end"), nw.col("ended") >= nw.col("start"))
        .with_columns(
            first=nw.max_horizontal("begun", "start"),
            last=nw.min_horizontal("ended", "end"),
        )
    )
    counted = inside.group_by(*_PERSON).agg(
        (nw.col("last") - nw.col("first") + 1).cast(nw.Int64).sum().alias("months"),
        nw.col("last").max().alias("latest"),
    )
    category = inside.select(*_PERSON, "last", person_category="category")
    return counted.join(category, left_on=[*_PERSON, "latest"], right_on=[*_PERSON, "last"]).select(
        *_PERSON, "months", "person_category"
    )


def categories(views: Relations, periods: Sequence[Period]) -> Frame:
    """The category of each person's latest entitlement that began by the end of each period.

    Columns: period, insured_code, person_category.
    """
    ends = spans(periods).select("period", "end")
    begun = (
        views["entitlement_spells"]
        .select("insured_code", "start", "category")
        .join(ends, how="cross")
        .filter(nw.col("start") <= nw.col("end"))
    )
    latest = begun.group_by(*_PERSON).agg(nw.col("start").max().alias("latest"))
    return begun.join(latest, left_on=[*_PERSON, "start"], right_on=[*_PERSON, "latest"]).select(
        *_PERSON, person_category="category"
    )
