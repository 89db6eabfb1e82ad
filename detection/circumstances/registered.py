"""What registered contexts explain: visits, and purchases by agents."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.registered import covered
from features.registry import Frame


def explained_visits(context: DetectorContext) -> Frame:
    """Visits (person_id, provider_id, day) in a registered context: of the person, at the provider, or both."""
    visits = context.views["visits"].select("person_id", "provider_id", "day")
    return covered(visits, context.whole.registered_contexts).unique()


def purchases_by_agents(contexts: Frame) -> Frame:
    """The registered contexts that let an agent buy for a named person, at one provider or anywhere."""
    return contexts.filter(nw.col("kind") == "agent_purchase", ~nw.col("person_id").is_null())
