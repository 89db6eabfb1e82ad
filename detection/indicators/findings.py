"""What the run's detectors found and could judge, as indicators count it: so that no rule is written twice."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from detection.alerts.draft import AlertDraft
from detection.assessability import Assessability, assess
from detection.catalogue import catalogue
from detection.facts import Facts
from detection.indicators.card_files import indicator_cards
from features.registry import Frame


def findings(
    facts: Facts, drafts: list[AlertDraft], detectors: Mapping[str, Assessability]
) -> dict[str, Frame]:
    """Per detector that an indicator counts: its evidence, and under ``<detector>.judged`` what it could judge.

    Evidence: settlement_id and cause, a settlement once. Judged: settlement_id.
    """
    named = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})
    found: dict[str, Frame] = {}
    for name in named:
        if name in detectors and detectors[name].status != "not_assessable":
            found[name] = _evidence([one for one in drafts if one.detector == name])
            judged = assess(catalogue()[name].card, facts)[1]
            found[f"{name}.judged"] = facts.settlements.filter(judged).select("settlement_id")
    return found


def _evidence(drafts: list[AlertDraft]) -> Frame:
    schema = {"settlement_id": pl.String, "cause": pl.String}
    rows = [one.evidence.select(list(schema)) for one in drafts]
    once = (
        pl.concat([pl.DataFrame(schema=schema), *rows]).group_by("settlement_id").agg(pl.col("cause").min())
    )
    return nw.from_native(once.lazy())
