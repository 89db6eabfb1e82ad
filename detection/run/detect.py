"""Run every detector of the catalogue: hits and scores become drafts of alerts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.alerts.explained import with_prices
from detection.alerts.from_scores import from_scores
from detection.detectors.assessability import Assessability, with_reasons
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, HitSource, all_hits
from detection.evidence.case_values import with_evidence
from detection.evidence.fusion import fused, risks
from detection.evidence.items import items_of
from detection.evidence.material import material, small_as_leads
from detection.evidence.of_alerts import pieces_of_alerts
from detection.evidence.owners import pieces_of_owners
from detection.evidence.pieces import all_pieces, items_of_pieces, returned_pieces
from detection.evidence.recurrence import with_recurrence
from detection.evidence.spend import with_spend_rank
from detection.evidence.weak_signs import weak_signs
from detection.run.owned_rows import in_order, without_owned
from detection.run.returned import Returned, run_detector
from detection.run.switches import SWITCHED_OFF
from detection.run.unfinished import Unfinished
from detection.run.unfinished.hits import begin_hits, finish_hits, finished_hits, step_of
from features.engine import collect
from features.errors import FundwatchError
from features.message import Message
from features.progress import Progress
from features.registry import Entity
from models.evidence.excess import excess_fen
from models.scoring import Scored

logger = logging.getLogger(__name__)

RISK_KINDS = ("person", "provider", "payer_account", "prescriber", "operator", "employer", "group")
"""Subjects that have a risk of their own, and a file ``risk/<kind>.parquet`` of the run."""


FAILED = (
    "stopped by an error in its code; the run's log has it: please report it",
    "检测程序出错已停止；详见本次运行日志，请反馈",
)
"""Reason in both languages why a detector whose code failed assessed nothing."""

WITHOUT_MODEL = ("without the model's score: {}", "未能由模型评分：对象过少，或没有可计算的特征")
"""Reason in both languages why a list rests on evidence alone."""


@dataclass
class Detections:
    """What the detectors that ran so far gave.

    Attributes:
        drafts: alerts.
        assessability: how much each detector could assess.
        pieces: of evidence, by detector.
        ranked: risk of every subject by kind, once all rules and networks have run.
    """

    drafts: list[AlertDraft] = field(default_factory=list)
    assessability: dict[str, Assessability] = field(default_factory=dict)
    pieces: list[pl.DataFrame] = field(default_factory=list)
    ranked: dict[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def failed(self) -> list[str]:
        """Names of the detectors whose code failed."""
        return sorted(name for name, each in self.assessability.items() if each.reason_en == FAILED[0])


@dataclass(frozen=True)
class Detection:
    """Everything that detectors share in one run.

    Attributes:
        context: tables, views and policy.
        coded: the same with codes in place of ids (`features.ids.codes`), which detectors read.
        scores: by entity.
        files: names of the input files, by the index in ``source_file``.
        unfinished: what the run writes, and what detectors returned before it was stopped.
        key: the workspace's secret, which the ids of alerts are keyed with.
        off: names of the detectors that are switched off.
        source: of the hits of detectors.
    """

    context: DetectorContext
    coded: DetectorContext
    scores: Mapping[Entity, Scored]
    files: Sequence[str]
    unfinished: Unfinished
    key: bytes
    off: frozenset[str] = frozenset()
    source: HitSource = all_hits

    def run(self, progress: Progress) -> Detections:
        """Run every rule and network, fuse their evidence, and list who has several weak signs."""
        detections, detectors = Detections(), catalogue()
        ordered = in_order(list(detectors.values()))
        for number, detector in enumerate(ordered):
            name = detector.name
            if self.unfinished.result(step_of(name)) is None:
                progress(Message("detectors"), number, len(ordered))
            if detector.hits is None and not detections.ranked:
                detections.ranked = self._fuse(detections)
            drafts = self._guarded(detector, detections)
            detections.drafts += drafts
            status = detections.assessability[name].status
            logger.info("%s: %s, alerts %d", name, status, len(drafts))
        progress(Message("detectors"), len(ordered), len(ordered))
        detections.assessability = {name: detections.assessability[name] for name in detectors}
        return detections

    def _guarded(self, detector: Detector, detections: Detections) -> list[AlertDraft]:
        """The alerts of one detector; an error in its code switches it off, says so, and stops no other."""
        if detector.name in self.off:
            detections.assessability[detector.name] = SWITCHED_OFF
            return []
        try:
            return self._run_detector(detector, detections)
        except FundwatchError:
            raise
        except Exception:
            logger.exception("%s stopped by an error in its code", detector.name)
            detections.assessability[detector.name] = Assessability("not_assessable", *FAILED, 0, 0)
            return []

    def _run_detector(self, detector: Detector, detections: Detections) -> list[AlertDraft]:
        returned = self._returned(detector)
        outcome = without_owned(detector.card, returned.outcome, detections.drafts)
        detections.assessability[detector.name] = outcome.assessability
        if detector.hits is None:
            return self._weak_signs(detector, detections)
        if outcome.assessability.status == "not_assessable":
            return []
        cases = self._cases(detector, outcome)
        alerts = material(detector.card, cases)
        counted = small_as_leads(cases, alerts)
        detections.pieces.append(pieces_of_alerts(counted, {detector.name: detector.card}))
        if returned.evidence is not None:
            detections.pieces.append(returned_pieces(items_of(detector.name, returned.evidence)))
        return with_prices(detector, alerts, self.context)

    def _returned(self, detector: Detector) -> Returned:
        """What a detector returns, or has returned before the run was stopped."""
        known = finished_hits(self.unfinished, detector.name)
        if known is not None:
            return known
        begin_hits(self.unfinished, detector.name)
        folder = self.unfinished.run
        returned = run_detector(detector, self.coded, self.source, folder)
        finish_hits(self.unfinished, returned)
        return returned

    def _cases(self, detector: Detector, outcome: Evaluation) -> list[AlertDraft]:
        drafts = build_alerts(
            detector.card,
            outcome.hits,
            self.coded.whole,
            policy=self.context.policy,
            area=self.context.area,
            key=self.key,
            files=self.files,
        )
        return with_evidence(detector.card, drafts, outcome.exposure)

    def _fuse(self, detections: Detections) -> dict[str, pl.DataFrame]:
        """The risk of every subject, by kind; written as files of the run."""
        providers = collect(self.context.whole.providers.select("provider_id", "owner_id"))
        bills: pl.LazyFrame = self.context.whole.settlements.select(
            "settlement_id", "person_id", "provider_id", "settled_day"
        ).to_native()
        own = all_pieces([with_recurrence(all_pieces(detections.pieces), detections.drafts, bills)])
        pieces = all_pieces([own, pieces_of_owners(own, providers)])
        items = items_of_pieces(pieces)
        self.unfinished.begin("run/risk")
        folder = self.unfinished.run / "risk"
        folder.mkdir()
        pieces.write_parquet(folder / "pieces.parquet")
        items.write_parquet(folder / "evidence.parquet")
        ranked = {}
        for kind in RISK_KINDS:
            scored = next((scored for entity, scored in self.scores.items() if entity == kind), None)
            excess = self._excess() if kind == "provider" else None
            together = fused(scored.frame if scored else None, risks(items, kind), excess)
            ranked[kind] = with_spend_rank(together, kind, self.coded)
            ranked[kind].write_parquet(folder / f"{kind}.parquet")
        return ranked

    def _excess(self) -> pl.DataFrame:
        """Fen of each provider beyond what its patients would cost at comparable ones."""
        own, attributes, spend = (
            self.coded.whole.in_text(collect(self.coded.views[view]), "provider_id")
            for view in ("provider_patient_cost", "provider_attributes", "provider_spend")
        )
        own = own.sort("provider_id")
        whole = own.join(attributes, on="provider_id", how="left", maintain_order="left").join(
            spend, on="provider_id", how="left", maintain_order="left"
        )
        groups = whole.select(
            pl.concat_str("provider_kind", "level", separator="/", ignore_nulls=True)
        ).to_series()
        fen = (whole["pool"] + whole["account"]).fill_null(0)
        return pl.DataFrame({"entity_id": whole["provider_id"], "excess": excess_fen(own, groups, fen)})

    def _weak_signs(self, detector: Detector, detections: Detections) -> list[AlertDraft]:
        """The alerts of one list: entities that several kinds of weak evidence point to."""
        card, assessability = detector.card, detections.assessability[detector.name]
        if assessability.status == "not_assessable":
            return []
        ranked = detections.ranked
        scored = next(scored for entity, scored in self.scores.items() if entity == card.subject)
        if scored.not_assessable:
            reason, reason_zh = WITHOUT_MODEL
            reasons = [(reason.format(scored.not_assessable), reason_zh)]
            detections.assessability[detector.name] = with_reasons(assessability, reasons)
        return from_scores(
            card,
            weak_signs(card, ranked[card.subject], detections.drafts),
            self.coded.views,
            of=ranked[card.subject].height,
            policy=self.context.policy,
            area=self.context.area,
            key=self.key,
            model_version=scored.model_version,
            files=self.files,
        )
