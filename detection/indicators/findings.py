"""What the detectors of a run reported and could assess, as indicators count it: no rule is written twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.assessability import Assessability, assess
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.indicators.card_files import indicator_cards
from features.engine import collect
from features.ids.codes import CODE, IdCodes
from features.registry import Frame

_SCHEMA = {"id": pl.String, "cause": pl.String, "account": pl.Int64}


@dataclass(frozen=True)
class Findings:
    """What detectors reported; views take it as their input ``findings``.

    Attributes:
        reported: by detector, ``id`` (text) of a settlement or of a record in its evidence, cause, and account (fen at
            issue); each id once.
        assessed: by detector, ``id`` of the settlements that it could assess, as the data have it.
        ids: what the codes of ids stand for; None where the data have texts.
    """

    reported: Mapping[str, Frame]
    assessed: Mapping[str, Frame]
    ids: IdCodes | None = None

    def reported_by(self, detector: str, key: str = "settlement_id") -> Frame:
        """Evidence of a detector: cause, account, and the id under the name ``key``, as the data have it."""
        no_rows: Frame = nw.from_native(pl.LazyFrame(schema=_SCHEMA))
        rows = self.reported.get(detector, no_rows).select("cause", "account", **{key: nw.col("id")})
        return rows if self.ids is None else nw.from_native(self.ids.in_codes(collect(rows)).lazy())

    def assessed_by(self, detector: str) -> Frame:
        """Settlements that a detector could assess: settlement_id."""
        kind = pl.String() if self.ids is None else CODE
        no_rows: Frame = nw.from_native(pl.LazyFrame(schema={"id": kind}))
        return self.assessed.get(detector, no_rows).select(settlement_id="id")


def findings_of(
    context: DetectorContext, drafts: list[AlertDraft], detectors: Mapping[str, Assessability]
) -> Findings:
    """The findings of every detector that an indicator counts.

    Args:
        context: tables and policy of the run.
        drafts: alerts of the run.
        detectors: how far each detector could look.
    """
    names = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})
    reported: dict[str, Frame] = {}
    assessed: dict[str, Frame] = {}
    for name in names:
        if name in detectors and detectors[name].status != "not_assessable":
            card = catalogue()[name].card
            reported[name] = _evidence([draft for draft in drafts if draft.detector == name])
            if card.subject_table == "settlements":
                rows = context.whole.settlements.filter(assess(card, context)[1])
                assessed[name] = rows.select(id="settlement_id")
    return Findings(reported, assessed, context.whole.ids)


def _evidence(drafts: list[AlertDraft]) -> Frame:
    columns = list(_SCHEMA)
    rows = [draft.evidence.select("cause", "account", id="settlement_id").select(columns) for draft in drafts]
    rows += [draft.records.select("cause", "account", id="record_id").select(columns) for draft in drafts]
    every = pl.concat([pl.DataFrame(schema=_SCHEMA), *rows])
    distinct = every.group_by("id").agg(pl.col("cause").min(), pl.col("account").max())
    return nw.from_native(distinct.lazy())
