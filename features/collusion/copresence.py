"""Repeated co-presence: people settled close in time at one provider, again and again.

Families, colleagues, dialysis shifts and neighbors on market day do the same. Recorded relatives and colleagues are
left out here; the detector's card lists the other innocent explanations. The data never prove that people are
strangers: they show no more than "no recorded relation".
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registered import covered
from features.registry import Frame, view
from features.settings import SETTINGS
from features.visits.settlements import count, under_programme

WINDOW_MINUTES = SETTINGS.whole("together_minutes")
"""Minutes between two settlements that count as together (domain D07, D34)."""

CROWD = SETTINGS.whole("crowd")
"""Settlements that follow one in the queue and are compared with it."""

LEAST_DAYS = SETTINGS.whole("least_days_together")
"""Pairs that met on fewer days are not kept."""

PARTNER_DAYS = SETTINGS.whole("partner_days")
"""Days together that make a repeated partner."""


@view(grain="settlement of scheduled special-disease care: outpatient, under a programme (dialysis shifts)")
def scheduled_care(settlements: Frame) -> Frame:
    """Settlements whose day and hour the programme sets, with a column `scheduled` that is true."""
    return settlements.filter(under_programme()).select(
        "settlement_id", nw.lit(value=True).alias("scheduled")
    )


@view(grain="provider, person_a < person_b and day on which both settled there within 30 minutes")
def co_presence_pairs(coded_settlements: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """Meetings of the pairs that meet on at least `LEAST_DAYS` days, over all providers.

    Columns: provider_id, person_a, person_b, day (Int32), minutes_apart (Int64, the nearest meeting of the
    day), scheduled (both were there for scheduled special-disease care: kept, and marked).
    """
    queue = _in_queue(coded_settlements)
    earlier = queue.rename(
        {name: f"{name}_1" for name in ("person", "minute", "day", "scheduled", "position")}
    )
    # Settlements within the window lie in the same slot of the day or in the next one.
    slots = nw.concat([queue, queue.with_columns(slot=nw.col("slot") - 1)])
    apart, distance = nw.col("minute") - nw.col("minute_1"), nw.col("position") - nw.col("position_1")
    first, second = nw.col("person_1"), nw.col("person")
    near = (distance > 0) & (distance <= CROWD) & (apart <= WINDOW_MINUTES) & (first != second)
    met = (
        earlier.join(slots, on=["provider", "slot"])
        .filter(near)
        .select(
            "provider",
            nw.min_horizontal(first, second).alias("person_a"),
            nw.max_horizontal(first, second).alias("person_b"),
            nw.col("day_1").alias("day"),
            apart.alias("minutes_apart"),
            (nw.col("scheduled") & nw.col("scheduled_1")).alias("scheduled"),
        )
        .group_by("provider", "person_a", "person_b", "day")
        .agg(nw.col("minutes_apart").min(), nw.col("scheduled").all())
    )
    days = met.group_by("person_a", "person_b").agg(nw.col("day").n_unique().cast(nw.Int64).alias("days"))
    often = days.filter(nw.col("days") >= LEAST_DAYS).drop("days")
    return with_ids(met.join(often, on=["person_a", "person_b"]), person_codes, provider_codes)


def _in_queue(coded_settlements: Frame) -> Frame:
    """Settlements with their position in the order of provider, minute and person.

    Columns: provider, person (codes), slot (minutes // window), minute, day, scheduled, position.
    """
    minute = nw.col("settled_minute")
    return (
        coded_settlements.filter(~minute.is_null())
        .with_row_index("position", order_by=("provider", "settled_minute", "person"))
        .select(
            "provider",
            "person",
            (minute // WINDOW_MINUTES).alias("slot"),
            minute.alias("minute"),
            nw.col("settled_day").alias("day"),
            "scheduled",
            nw.col("position").cast(nw.Int64),
        )
    )


def with_ids(met: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """The meetings with ids in place of codes, which lie in the ids' order."""
    for side in ("person_a", "person_b"):
        named = person_codes.select(nw.col("person").alias(side), nw.col("person_id").alias(f"{side}_id"))
        met = met.join(named, on=side).drop(side).rename({f"{side}_id": side})
    return met.join(provider_codes, on="provider").select(
        "provider_id", "person_a", "person_b", "day", "minutes_apart", "scheduled"
    )


@view(grain="person_a < person_b joined by an authorization in either direction")
def recorded_relatives(family_authorizations: Frame) -> Frame:
    """Pairs of people with a family authorization at any time, in either direction."""
    payer, beneficiary = nw.col("payer_id"), nw.col("beneficiary_id")
    return (
        family_authorizations.filter(payer != beneficiary)
        .select(
            nw.when(payer < beneficiary).then(payer).otherwise(beneficiary).alias("person_a"),
            nw.when(payer < beneficiary).then(beneficiary).otherwise(payer).alias("person_b"),
        )
        .unique()
    )


@view(grain="provider, person_a < person_b and day: a meeting that nothing registered explains")
def unexplained_meetings(co_presence_pairs: Frame, registered_contexts: Frame) -> Frame:
    """Meetings outside scheduled care and outside every registered context of either person or the provider.

    A context that names neither a person nor a provider covers no meeting. Columns: provider_id, person_a,
    person_b, day.
    """
    key = ["provider_id", "person_a", "person_b", "day"]
    met = co_presence_pairs.filter(~nw.col("scheduled")).select(*key)
    explained = nw.concat(
        [
            covered(met.with_columns(person_id=nw.col(side)), registered_contexts).select(*key)
            for side in ("person_a", "person_b")
        ]
    )
    return met.join(explained.unique(), on=key, how="anti")


@view(grain="person_a < person_b")
def repeated_pairs(unexplained_meetings: Frame, recorded_relatives: Frame, enrolments: Frame) -> Frame:
    """Pairs met on at least `PARTNER_DAYS` days that nothing registered explains, with their recorded relation.

    Columns: person_a, person_b, days (Int64), relation (`recorded_relatives|same_employer|none`).
    """
    met = (
        unexplained_meetings.group_by("person_a", "person_b")
        .agg(nw.col("day").n_unique().cast(nw.Int64).alias("days"))
        .filter(nw.col("days") >= PARTNER_DAYS)
    )
    return with_relation(met, recorded_relatives, enrolments)


def with_relation(pairs: Frame, recorded_relatives: Frame, enrolments: Frame) -> Frame:
    """The pairs with their recorded relation in a column `relation`.

    Args:
        pairs: person_a < person_b, one row per pair, any further columns.
        recorded_relatives: the view.
        enrolments: the contract's table; two people share an employer when they ever had the same.
    """
    key = ["person_a", "person_b"]
    employed = enrolments.filter(~nw.col("employer_id").is_null()).select("person_id", "employer_id").unique()
    colleagues = (
        pairs.select(*key)
        .join(employed.rename({"person_id": "person_a"}), on="person_a")
        # Not an inner join: Polars would do that one first, and join all the people of each employer.
        .join(employed.rename({"person_id": "person_b"}), on=["person_b", "employer_id"], how="semi")
        .select(*key, nw.lit(value=True).alias("colleagues"))
        .unique()
    )
    relatives = recorded_relatives.with_columns(relatives=nw.lit(value=True))
    return (
        pairs.join(relatives, on=key, how="left")
        .join(colleagues, on=key, how="left")
        .with_columns(
            relation=nw.when(~nw.col("relatives").is_null())
            .then(nw.lit("recorded_relatives"))
            .when(~nw.col("colleagues").is_null())
            .then(nw.lit("same_employer"))
            .otherwise(nw.lit("none"))
        )
        .drop("relatives", "colleagues")
    )


@view(grain="person and person met, both ways, and provider and day of the meeting")
def unrelated_meetings(unexplained_meetings: Frame, repeated_pairs: Frame) -> Frame:
    """Unexplained meetings of repeated partners of whom no relation or common employer is recorded.

    Columns: person_id, partner_id, provider_id, day; each meeting twice, once from each side.
    """
    strangers = repeated_pairs.filter(nw.col("relation") == "none").select("person_a", "person_b")
    met = unexplained_meetings.join(strangers, on=["person_a", "person_b"])
    sides = (("person_a", "person_b"), ("person_b", "person_a"))
    return nw.concat(
        [
            met.select(
                nw.col(person).alias("person_id"), nw.col(partner).alias("partner_id"), "provider_id", "day"
            )
            for person, partner in sides
        ]
    )


@view(grain="person")
def person_company(person_day: Frame, person_codes: Frame, unrelated_meetings: Frame) -> Frame:
    """Repeated partners of all people with settlements; most have none.

    Columns: person_id, days (Int64, with a settlement), partners (Int64), days_together (Int64).
    """
    own = person_day.group_by("person").agg(count().alias("days")).join(person_codes, on="person")
    company = unrelated_meetings.group_by("person_id").agg(
        _distinct("partner_id").alias("partners"), _distinct("day").alias("days_together")
    )
    return own.join(company, on="person_id", how="left").with_columns(
        nw.col("partners", "days_together").fill_null(0)
    )


@view(grain="provider")
def provider_company(
    person_provider: Frame, provider_day: Frame, provider_codes: Frame, unrelated_meetings: Frame
) -> Frame:
    """People at a provider and those among them who meet repeated partners there.

    Columns: provider_id, people, accompanied, days_open, days_together (all Int64).
    """
    people = person_provider.group_by("provider").agg(count().alias("people"))
    days = provider_day.group_by("provider").agg(count().alias("days_open"))
    own = people.join(days, on="provider").join(provider_codes, on="provider")
    company = unrelated_meetings.group_by("provider_id").agg(
        _distinct("person_id").alias("accompanied"), _distinct("day").alias("days_together")
    )
    return own.join(company, on="provider_id", how="left").with_columns(
        nw.col("accompanied", "days_together").fill_null(0)
    )


def _distinct(column: str) -> nw.Expr:
    return nw.col(column).n_unique().cast(nw.Int64)
