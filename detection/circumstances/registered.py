"""Rows that a registered context covers: a nursing home's round, an employer's check-up, a clinic day."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features import intervals
from features.registry import Frame


def covered(rows: Frame, contexts: Frame, *, day: str = "day") -> Frame:
    """The rows that a registered context covers: of their person, at their provider, or both.

    A context that names neither a person nor a provider covers no row: it would explain everything. A row is returned
    once for each context that covers it.

    Args:
        rows: with person_id and provider_id.
        contexts: the contract's registered_contexts.
        day: the rows' column of the day.
    """
    in_force = intervals.holds("context_from", "context_to", day)
    named = contexts.select(
        context_from=nw.col("from_day"),
        context_to=nw.col("to_day"),
        context_person=nw.col("person_id"),
        context_provider=nw.col("provider_id"),
    )
    of_person = rows.join(
        named.filter(~nw.col("context_person").is_null()),
        left_on="person_id",
        right_on="context_person",
        how="inner",
    ).filter(nw.col("context_provider").is_null() | (nw.col("context_provider") == nw.col("provider_id")))
    at_provider = rows.join(
        named.filter(nw.col("context_person").is_null()).drop("context_person"),
        left_on="provider_id",
        right_on="context_provider",
        how="inner",
    )
    columns = rows.collect_schema().names()
    return nw.concat([part.filter(in_force).select(columns) for part in (of_person, at_provider)])


def explained_visits(context: DetectorContext) -> Frame:
    """Visits (person_id, provider_id, day) in a registered context: of the person, at the provider, or both."""
    visits = context.views["visits"].select("person_id", "provider_id", "day")
    return covered(visits, context.whole.registered_contexts).unique()


def purchases_by_agents(contexts: Frame) -> Frame:
    """The registered contexts that let an agent buy for a named person, at one provider or anywhere."""
    return contexts.filter(nw.col("kind") == "agent_purchase", ~nw.col("person_id").is_null())
