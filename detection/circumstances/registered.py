"""Visits that a registered context explains: a nursing home's round, an employer's check-up, a clinic day."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.registry import Frame

_NAMED = (["person_id"], ["provider_id"], ["person_id", "provider_id"])


def explained_visits(context: DetectorContext) -> Frame:
    """Visits (person_id, provider_id, day) in a registered context: of the person, at the provider, or both.

    A context that names neither a person nor a provider covers nobody: it would explain everything.
    """
    visits = context.views["visits"].select("person_id", "provider_id", "day")
    return nw.concat([_covered(visits, context.whole.registered_contexts, key) for key in _NAMED]).unique()


def _covered(visits: Frame, contexts: Frame, key: list[str]) -> Frame:
    blank = [~nw.col(name).is_null() if name in key else nw.col(name).is_null() for name in _NAMED[2]]
    spans = contexts.filter(*blank).select(*key, "from_day", "to_day")
    return (
        visits.join(spans, on=key, how="inner")
        .filter(
            nw.col("from_day") <= nw.col("day"),
            nw.col("to_day").is_null() | (nw.col("to_day") >= nw.col("day")),
        )
        .select("person_id", "provider_id", "day")
    )
