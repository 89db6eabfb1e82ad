"""What the run's detectors found and could judge, as indicators count it: so that no rule is written twice."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.assessability import Assessability, assess
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.indicators.card_files import indicator_cards
from features.registry import Frame


def findings(
    context: DetectorContext, drafts: list[AlertDraft], detectors: Mapping[str, Assessability]
) -> dict[str, Frame]:
    """Per detector that an indicator counts: its evidence, and under ``<detector>.judged`` what it could judge.

    Evidence: ``id`` of the settlement or record, cause and account (fen at issue), an id once. Judged: ``id`` of a
    settlement.
    """
    named = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})
    found: dict[str, Frame] = {}
    for name in named:
        if name in detectors and detectors[name].status != "not_assessable":
            card = catalogue()[name].card
            found[name] = _evidence([one for one in drafts if one.detector == name])
            if card.judged == "settlements":
                judged = context.settlements.filter(assess(card, context)[1])
                found[f"{name}.judged"] = judged.select(id="settlement_id")
    return found


def _evidence(drafts: list[AlertDraft]) -> Frame:
    schema = {"id": pl.String, "cause": pl.String, "account": pl.Int64}
    rows = [
        one.evidence.select("cause", "account", id="settlement_id").select(list(schema)) for one in drafts
    ]
    rows += [one.records.select("cause", "account", id="record_id").select(list(schema)) for one in drafts]
    every = pl.concat([pl.DataFrame(schema=schema), *rows])
    once = every.group_by("id").agg(pl.col("cause").min(), pl.col("account").max())
    return nw.from_native(once.lazy())
