"""The way of one run, from a folder of claims to what readers see. The only place that sees the whole.

Nothing that readers see changes before the last step, which is one transaction of the store. Feature, score and
network files are written to a draft folder that becomes the run's by one rename just before it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from detection.alerts.counter_evidence import with_counter_evidence
from detection.alerts.draft import AlertDraft
from detection.alerts.from_scores import capacity_of
from detection.alerts.ranking import scored
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.indicators.findings import findings_of
from detection.indicators.measure import measure
from detection.run.detect import Found, judge_all
from detection.run.identity import code_version, configuration_digest, run_id
from detection.store.records import RunRecord, institutions_of, monthly_spend_of
from detection.store.writer import Writer
from features.engine import Views, compute
from features.errors import InputError
from features.intake import Manifest, create_snapshot, open_snapshot, refuse_missing
from features.policy import Policy, load_policy
from features.registry import Entity, Frame
from features.tables import Tables
from features.workspace import open_workspace
from models.scoring import Scored, score_entities
from models.tracking import Tracker

ENTITIES: tuple[Entity, ...] = ("person", "provider", "payer_account")
_EPOCH = dt.date(1970, 1, 1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunRequest:
    """What a run is asked.

    Attributes:
        data: folder with the tables.
        workspace: folder that keeps runs, models and alerts.
        area: pooling area whose policy applies, or "none".
        mapping: mapping file, or None for the contract's own names.
        preset, preset_options: import preset that the mapping file is laid over, and its options.
        as_of: judge as if on this day; the last day of the data when None.
        profile: policy values laid over what is known, for instance ``illustrative``; none when None.
        policy_dir: folder with a fund's own policy values, laid over both; none when None.
        seed: of the anomaly models.
        refit: fit challengers.
        now: local time as ISO text; the only clock.
    """

    data: Path
    workspace: Path
    area: str
    now: str
    mapping: Path | None = None
    profile: str | None = None
    policy_dir: Path | None = None
    preset: str | None = None
    preset_options: Mapping[str, str] = field(default_factory=dict)
    as_of: dt.date | None = None
    seed: int = 0
    refit: bool = False


@dataclass(frozen=True)
class DetectorDone:
    """How one detector ended: how far it could look, alerts, and fen at issue."""

    detector: str
    status: str
    reason: str
    alerts: int
    amount: int


@dataclass(frozen=True)
class RunDone:
    """How a run ended: its id, what came in, each detector, and how the list of alerts changed.

    ``after_as_of`` counts the settlements used by intake, but made after the day of judgement; ``profile`` names
    the policy profile whose invented values the run rests on.
    """

    run_id: str
    manifest: Manifest
    detectors: Sequence[DetectorDone]
    new: int
    changed: int
    same: int
    closed: int
    after_as_of: int = 0
    profile: str | None = None


def run(request: RunRequest, progress: Any = lambda *_: None) -> RunDone:
    """Take a data set in, measure, score and judge it, and make the alerts what readers see.

    Args:
        request: what is asked.
        progress: called with step, done and total.

    Raises:
        FundwatchError: of the kind that fits; what readers see is then as it was.
    """
    policy = load_policy(request.area, profile=request.profile, overlay=request.policy_dir)
    refuse_missing(request.data)
    space = open_workspace(request.workspace, create=True)
    with space.lock():
        logger.info("Run of area %s, policy %s, seed %d", request.area, policy.digest, request.seed)
        taken = create_snapshot(
            request.data,
            space,
            mapping=request.mapping,
            preset=request.preset,
            options=request.preset_options,
            progress=progress,
        )
        tables, first, last, after = _as_of(open_snapshot(taken.folder), request.as_of)
        configuration = {
            "area": request.area,
            "as_of": str(last),
            "seed": request.seed,
            "policy": policy.digest,
        }
        name = run_id(taken.snapshot_id, configuration, simulated=taken.manifest.simulated)
        logger.info(
            "Run %s judges snapshot %s as of %s", name, taken.snapshot_id, last, extra={"run_id": name}
        )
        staging = space.tmp / "views"
        staging.mkdir()
        context = DetectorContext(tables, Views(tables, staging), policy, request.area)
        with space.building(space.run(name)) as folder:
            scores = _measure_and_score(context, folder, Tracker(space), request, progress)
            files = [file.name for file in taken.manifest.files]
            found = judge_all(context, scores, files, folder, space.pseudonym_key(), progress)
            progress("indicators", 0, 1)
            findings = findings_of(context, found.drafts, found.assessability)
            measure(context, findings, found.assessability, folder / "indicators")
            progress("indicators", 1, 1)
            logger.info("Indicators measured")
        progress("alerts", 0, 1)
        cards = {name: one.card for name, one in catalogue().items()}
        drafts = with_counter_evidence(found.drafts, tables, cards=cards, as_of=last)
        drafts = scored(drafts, as_of=last)
        record = RunRecord(
            run_id=name,
            finished_at=request.now,
            as_of=str(last),
            area=request.area,
            snapshot_id=taken.snapshot_id,
            code_version=code_version(),
            config_digest=configuration_digest(configuration),
            simulated=taken.manifest.simulated,
            first_day=str(first),
            last_day=str(last),
            manifest={**taken.manifest.to_json(), "after_as_of": after, "policy": _policy_record(policy)},
            models={entity: _model_record(one) for entity, one in scores.items()},
        )
        changes = Writer(space.store).commit_run(
            record,
            drafts,
            assessability=found.assessability,
            cards=list(cards.values()),
            institutions=institutions_of(tables),
            monthly_spend=monthly_spend_of(context.views["net_settlements"]),
        )
        shutil.rmtree(staging)
        progress("alerts", 1, 1)
    return RunDone(
        name, taken.manifest, _detectors_done(found), after_as_of=after, profile=policy.profile, **changes
    )


def _as_of(tables: Tables, day: dt.date | None) -> tuple[Tables, dt.date, dt.date, int]:
    """The data up to a day, the first and last day settled, and how many settlements came after it.

    Raises:
        InputError: nothing was settled by that day.
    """
    whole = tables
    if day is not None:
        limit = (day - _EPOCH).days
        known = {
            "settlements": tables.settlements.filter(nw.col("settled_day") <= limit),
            "account_entries": tables.account_entries.filter(nw.col("posted_day") <= limit),
        }
        tables = tables.replacing(**{name: frame for name, frame in known.items() if tables.has(name)})
    first, last, judged = _span(tables)
    if first is None:
        raise InputError(
            "There is no settlement to judge" + (f" up to {day}." if day else "."),
            next_step="look at the quarantine: fundwatch intake, then the Data page",
        )
    after = _span(whole)[2] - judged if day else 0
    return tables, _EPOCH + dt.timedelta(days=first), _EPOCH + dt.timedelta(days=last), after


def _span(tables: Tables) -> tuple[Any, Any, int]:
    """First and last day settled (None without a settlement), and the number of settlements."""
    bounds: pl.LazyFrame = tables.settlements.select(
        first=nw.col("settled_day").min(),
        last=nw.col("settled_day").max(),
        rows=nw.len().cast(nw.Int64),
    ).to_native()
    first, last, rows = bounds.collect().row(0)
    return first, last, int(rows)


def _measure_and_score(
    context: DetectorContext, folder: Path, tracker: Tracker, request: RunRequest, progress: Any
) -> dict[Entity, Scored]:
    """Features and scores of every entity, written as Parquet; the features left out with the reason."""
    capacities = {one.card.subject: capacity_of(one.card) for one in catalogue().values() if one.hits is None}
    scores: dict[Entity, Scored] = {}
    left_out: dict[str, dict[str, str]] = {}
    for part in ("features", "scores"):
        (folder / part).mkdir()
    features: dict[Entity, pl.DataFrame] = {}
    for number, entity in enumerate(ENTITIES):
        progress(f"features of {entity.replace('_', ' ')}s", number, len(ENTITIES))
        features[entity], left_out[entity] = compute(entity, context.views)
        computed, of = features[entity].width - 1, features[entity].height
        logger.info(
            "%s: features %d of %d entities, left out %d", entity, computed, of, len(left_out[entity])
        )
        features[entity].write_parquet(folder / "features" / f"{entity}.parquet")
    context.views.to_disk()
    for number, entity in enumerate(ENTITIES):
        progress(f"scores of {entity.replace('_', ' ')}s", number, len(ENTITIES))
        scores[entity] = score_entities(
            entity,
            features.pop(entity),
            _collected(context.views[f"{entity}_attributes"]),
            _collected(context.views[f"{entity}_spend"]),
            tracker=tracker,
            seed=request.seed,
            capacity=capacities[entity],
            refit=request.refit,
        )
        scores[entity].frame.write_parquet(folder / "scores" / f"{entity}.parquet")
    (folder / "left_out.json").write_text(json.dumps(left_out, indent=1, sort_keys=True, ensure_ascii=False))
    return scores


def _policy_record(policy: Policy) -> dict[str, Any]:
    """What the store keeps of the policy: readers are told where numbers rest on values that nobody has read."""
    return {"profile": policy.profile, "digest": policy.digest, "overlay": policy.overlaid}


def _model_record(one: Scored) -> dict[str, Any]:
    """What the store keeps of a scoring."""
    return {
        "version": one.model_version,
        "metrics": one.metrics,
        "not_assessable": one.not_assessable,
        "left_out": one.left_out,
    }


def _detectors_done(found: Found) -> list[DetectorDone]:
    own: dict[str, list[AlertDraft]] = {name: [] for name in found.assessability}
    for draft in found.drafts:
        own[draft.detector].append(draft)
    return [
        DetectorDone(
            name, able.status, able.reason_en, len(own[name]), sum(one.amount_at_issue for one in own[name])
        )
        for name, able in found.assessability.items()
    ]


def _collected(frame: Frame) -> pl.DataFrame:
    native: pl.LazyFrame = frame.to_native()
    return native.collect()
