"""One run, from a folder of claims to what readers see: ingest, measure, score, detect, publish.

Nothing that readers see changes before the last step, which is one transaction of the store. The files of a run are
written to a folder of unfinished steps (`detection.run.unfinished`), from which a run that was stopped goes on. They
appear as the run's folder by one rename just before that transaction.
"""

from __future__ import annotations

import dataclasses
import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from detection.alerts.counter_evidence import with_counter_evidence
from detection.alerts.draft import AlertDraft
from detection.alerts.ranking import scored
from detection.deliveries.coverage import Coverage, coverage_of
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.evidence.with_risk import with_risk
from detection.indicators.findings import findings_of
from detection.indicators.measure import measure as measure_indicators
from detection.language.text import Text
from detection.proof.attaching import with_proof
from detection.run.compare import compare_with_last_run
from detection.run.corrections import corrected_rows
from detection.run.detect import Detection, Detections
from detection.run.identity import code_version, configuration_digest, made_of, run_id
from detection.run.increment import hit_source
from detection.run.ingest import RunData, ingest, with_policy
from detection.run.leads import follow_leads
from detection.run.request import OFF, DetectorDone, RunDone, RunRequest
from detection.run.score import measure_and_score
from detection.run.switches import switched_off
from detection.run.unassessed import unassessed
from detection.run.unfinished import Unfinished, open_unfinished
from detection.run.unfinished.resuming import INDICATOR_FILES, INDICATORS, SUBJECT_FILES, SUBJECTS, resumed_at
from detection.store.lost import refuse_lost_store
from detection.store.queries import open_finished
from detection.store.records import (
    ModelRecord,
    RunRecord,
    institutions_of,
    monthly_spend_of,
    people_of,
)
from detection.store.run_manifest import PolicyRecord
from detection.store.writer import Writer, prepare_store
from detection.subjects.write import write_subjects
from features.engine import Views
from features.intake import refuse_missing
from features.message import Message
from features.policy import Policy, load_policy
from features.progress import Progress, no_progress
from features.registry import Entity
from features.workspace import Workspace, open_workspace
from models.scoring import Scored

__all__ = ["DetectorDone", "RunDone", "RunRequest", "run"]

logger = logging.getLogger(__name__)


def run(request: RunRequest, progress: Progress = no_progress) -> RunDone:
    """Read a data set, measure, score and assess it, and make the alerts what readers see.

    Args:
        request: the input and the settings.
        progress: called with step, done and total.

    Raises:
        FundwatchError: of the kind that fits; what readers see is then as it was.
    """
    policy = load_policy(request.area, profile=request.profile, overlay=request.policy_dir)
    off = switched_off(request.detectors)
    refuse_missing(request.data)
    space = open_workspace(request.workspace, create=True, key=request.key)
    with space.lock():
        refuse_lost_store(space)
        space.pseudonym_key()  # one that is lost or open to others stops the run before anything is read
        prepare_store(space)
        logger.info("Run of area %s, policy %s, seed %d", request.area, policy.digest, request.seed)
        data = ingest(request, space, progress)
        coverage = coverage_of(data.tables)
        compare_with_last_run(request, space, data, coverage)
        data = with_policy(data, policy, request.readings)
        materialized = space.tmp / "views"
        materialized.mkdir()
        context = DetectorContext(data.tables, Views(data.tables, materialized), policy, request.area)
        coded = context.coded(space.tmp / "coded")
        done = _Run(request, space, policy, data, coverage, context, coded, progress, off).execute()
        shutil.rmtree(materialized)
        shutil.rmtree(space.tmp / "coded")
    return done


@dataclass(frozen=True)
class _Run:
    """One run whose data have been read."""

    request: RunRequest
    space: Workspace
    policy: Policy
    data: RunData
    coverage: Coverage
    context: DetectorContext
    coded: DetectorContext
    progress: Progress
    off: frozenset[str]

    @property
    def configuration(self) -> Mapping[str, object]:
        """What decides the result, besides data and code."""
        return {
            "area": self.request.area,
            "as_of": str(self.data.last),
            "seed": self.request.seed,
            "policy": self.policy.digest,
            **({"readings": dict(sorted(self.request.readings.items()))} if self.request.readings else {}),
            **({"switched_off": sorted(self.off)} if self.off else {}),
        }

    def execute(self) -> RunDone:
        """Measure, score, detect and publish; go on where a run that was stopped ended."""
        snapshot = self.data.snapshot.snapshot_id
        unfinished = self.open_unfinished()
        resumed = resumed_at(unfinished, self.rules)
        if resumed is not None:
            self.progress(Message("resumed at: {step}", step=resumed), 1, 1)
            logger.info("Resumed at: %s", resumed)
        scores = measure_and_score(self.coded, unfinished, self.space, self.request, self.progress)
        models = {str(entity): scored.content for entity, scored in scores.items()}
        name = run_id(snapshot, self.configuration, models, simulated=self.data.simulated)
        logger.info(
            "Run %s assesses snapshot %s as of %s", name, snapshot, self.data.last, extra={"run_id": name}
        )
        detections = self.detect(scores, unfinished)
        self.measure_indicators(detections, unfinished)
        self.write_subjects(unfinished)
        changes = self.publish(name, scores, detections, unfinished)
        unfinished.remove()
        leads = follow_leads(self.space, self.data.tables, run_id=name, digest=snapshot, at=self.request.now)
        return RunDone(
            name,
            self.data.snapshot.manifest,
            _detectors_done(detections, self.off),
            after_as_of=self.data.after_as_of,
            implausible=self.data.implausible,
            readings=self.data.readings,
            profile=self.policy.profile,
            leads=leads,
            resumed_at=resumed,
            **changes,
        )

    @property
    def rules(self) -> list[str]:
        """Names of the detectors that return hits, and are switched on."""
        return [name for name, each in catalogue().items() if each.module and name not in self.off]

    def open_unfinished(self) -> Unfinished:
        """What a run of the same data, settings and code has finished."""
        digest = made_of(
            self.data.snapshot.snapshot_id,
            {
                **self.configuration,
                "to_the_end": self.request.as_of is None,
            },  # only then hits are kept for the next
            self.space.pseudonym_key(),
            refit=self.request.refit,
        )
        return open_unfinished(self.space, digest)

    def detect(self, scores: Mapping[Entity, Scored], unfinished: Unfinished) -> Detections:
        """Drafts of all alerts."""
        files = [file.name for file in self.data.snapshot.manifest.files]
        key = self.space.pseudonym_key()
        source = hit_source(self.request, self.space, self.data, self.coded, unfinished.run)
        detection = Detection(self.context, self.coded, scores, files, unfinished, key, self.off, source)
        return detection.run(self.progress)

    def measure_indicators(self, detections: Detections, unfinished: Unfinished) -> None:
        """Values of the indicators, as files."""

        def write() -> None:
            self.progress(Message("indicators"), 0, 1)
            findings = findings_of(self.coded, detections.drafts, detections.assessability)
            folder = unfinished.run / INDICATORS
            measure_indicators(self.coded, findings, detections.assessability, folder)
            self.progress(Message("indicators"), 1, 1)
            logger.info("Indicators measured")

        unfinished.do(INDICATORS, INDICATOR_FILES, write, of=detections.failed)

    def write_subjects(self, unfinished: Unfinished) -> None:
        """What the pages of subjects show, and the index that finds them, as files."""

        def write() -> None:
            self.progress(Message("pages of subjects"), 0, 1)
            write_subjects(self.coded.views, unfinished.run, self.space.pseudonym_key())
            self.progress(Message("pages of subjects"), 1, 1)
            logger.info("Pages of subjects written")

        unfinished.do(SUBJECTS, SUBJECT_FILES, write)

    def publish(
        self, name: str, scores: Mapping[Entity, Scored], detections: Detections, unfinished: Unfinished
    ) -> dict[str, int]:
        """Check and rank the alerts, and make the run what readers see; how the list of alerts changed."""
        self.progress(Message("alerts"), 0, 1)
        cards = {detector: entry.card for detector, entry in catalogue().items()}
        last = self.data.last
        graded = with_risk(detections.drafts, detections.ranked, cards)
        explained = with_counter_evidence(graded, self.data.tables, cards=cards, as_of=last)
        drafts = with_proof(explained, cards, self.coded)
        write = partial(
            Writer(self.space.store).commit_run,
            self.record(name, scores),
            scored(drafts, as_of=last),
            assessability=detections.assessability,
            cards=list(cards.values()),
            institutions=institutions_of(self.data.tables),
            monthly_spend=monthly_spend_of(self.coded.views["net_settlements"]),
            unassessed=self.unassessed(),
            superseded=corrected_rows(self.data.snapshot),
            people=people_of(self.coded.views),
            actor=self.request.actor,
            masking_key=self.space.pseudonym_key(),
        )
        self.space.place_copy(unfinished.run, self.space.run(name))  # first: a run in the store has its files
        changes = write()
        self.progress(Message("alerts"), 1, 1)
        return changes

    def unassessed(self) -> Mapping[str, Text]:
        """Why alerts of earlier runs could not be looked for, by alert."""
        with open_finished(self.space) as reader:
            if reader is None or reader.run is None:
                return {}
            return unassessed(reader, self.coded, self.coverage)

    def record(self, name: str, scores: Mapping[Entity, Scored]) -> RunRecord:
        """The run as the store keeps it."""
        policy = PolicyRecord(
            profile=self.policy.profile, digest=self.policy.digest, overlay=self.policy.overlaid
        )
        return RunRecord(
            run_id=name,
            finished_at=self.request.now,
            as_of=str(self.data.last),
            area=self.request.area,
            snapshot_id=self.data.snapshot.snapshot_id,
            code_version=code_version(),
            config_digest=configuration_digest(self.configuration),
            simulated=self.data.simulated,
            first_day=str(self.data.first),
            last_day=str(self.data.last),
            manifest={
                **self.data.snapshot.manifest.to_json(),
                "after_as_of": self.data.after_as_of,
                "readings": [dataclasses.asdict(reading) for reading in self.data.readings],
                "policy": policy.model_dump(),
                "coverage": self.coverage.to_json(),
                "accepted_missing": sorted(self.request.accept_missing),
                "switched_off": sorted(self.off),
            },
            models={entity: _model_record(scoring) for entity, scoring in scores.items()},
        )


def _model_record(scoring: Scored) -> ModelRecord:
    return ModelRecord(
        scoring.model_version, scoring.metrics, scoring.not_assessable, scoring.left_out, scoring.content
    )


def _detectors_done(detections: Detections, off: frozenset[str]) -> list[DetectorDone]:
    own: dict[str, list[AlertDraft]] = {name: [] for name in detections.assessability}
    for draft in detections.drafts:
        own[draft.detector].append(draft)
    return [
        DetectorDone(
            name,
            OFF if name in off else coverage.status,
            Text(coverage.reason_en, coverage.reason_zh),
            len(own[name]),
            sum(draft.money.amount for draft in own[name]),
        )
        for name, coverage in detections.assessability.items()
    ]
