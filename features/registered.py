"""Rows that a registered context covers: a nursing home's round, an employer's check-up, a clinic day."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features import intervals
from features.registry import Frame


def covered(rows: Frame, contexts: Frame, *, day: str = "day", with_kind: bool = False) -> Frame:
    """The rows that a registered context covers: of their person, at their provider, or both.

    A context that names neither a person nor a provider covers no row: it would explain everything. A row is returned
    once for each context that covers it.

    Args:
        rows: with person_id and provider_id.
        contexts: the contract's registered_contexts.
        day: the rows' column of the day.
        with_kind: whether to add the context's kind as ``context_kind``.
    """
    in_force = intervals.holds("context_from", "context_to", day)
    named = contexts.select(
        context_from=nw.col("from_day"),
        context_to=nw.col("to_day"),
        context_person=nw.col("person_id"),
        context_provider=nw.col("provider_id"),
        context_kind=nw.col("kind"),
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
    columns = rows.collect_schema().names() + ["context_kind"] * with_kind
    return nw.concat([part.filter(in_force).select(columns) for part in (of_person, at_provider)])
