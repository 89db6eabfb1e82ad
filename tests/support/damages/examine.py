"""What a damaged export ends in: an error, or what terminal, doctor and detectors say about it, and its alerts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.damages.damage import Structural
from support.field_cases import AREA

from detection.alerts.build import build_alerts
from detection.alerts.draft import AlertDraft
from detection.cli.reading_summary import reading_lines
from detection.cli.summaries import quarantine_lines
from detection.deliveries.coverage import coverage_of
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.doctor.examination import broken_links
from detection.doctor.joins import JoinRate, join_rates
from detection.doctor.oddities import oddities
from detection.doctor.periods import periods
from detection.evidence.case_values import with_evidence
from detection.evidence.material import material
from detection.run.compare import compare_with_last_run
from detection.run.ingest import ingest
from detection.run.request import RunRequest
from features.contract import TABLES
from features.engine import Views
from features.errors import FundwatchError
from features.intake import Manifest
from features.policy import load_policy
from features.progress import no_progress
from features.workspace import open_workspace


@dataclass(frozen=True)
class Raised:
    """A deterministic alert.

    Attributes:
        detector: its name.
        subject: whom it is about.
        content: settlements or records, and fen at issue.
        about: every id that it names.
    """

    detector: str
    subject: str
    content: tuple[str, ...]
    about: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """How an import ended.

    Attributes:
        error: what stopped it; empty where it went on.
        lines: everything that is said about the data.
        joins: join rates.
        alerts: deterministic alerts.
    """

    error: str
    lines: frozenset[str] = frozenset()
    joins: Sequence[JoinRate] = ()
    alerts: frozenset[Raised] = frozenset()


def examined(data: Path, folder: Path, detectors: Sequence[str] | None = None) -> Outcome:
    """Import a folder as a run would, and look for deterministic alerts.

    Args:
        data: the export.
        folder: for the workspace; is removed.
        detectors: names of those that look; all deterministic ones when None.
    """
    space = open_workspace(folder, create=True)
    request = RunRequest(data=data, workspace=folder, area=AREA, now="2024-07-01T08:00:00")
    try:
        with space.lock():
            read = ingest(request, space, no_progress)
            compare_with_last_run(request, space, read, coverage_of(read.tables))
        policy = load_policy(AREA, profile="illustrative")
        context = DetectorContext(read.tables, Views(read.tables), policy, AREA)
        lines = {*manifest_lines(read.snapshot.manifest), *(text.en for text in broken_links(context))}
        for period in periods(read.tables):
            if period.starts_late or period.ends_early:
                lines.add(f"{period.table}: does not cover the months of the claims")
        alerts: list[Raised] = []
        for name, detector in catalogue().items():
            if detector.hits is None or detector.card.certainty != "deterministic":
                continue
            if detectors is not None and name not in detectors:
                continue
            evaluation = evaluate(detector, context)
            lines |= {f"{name}: {reason}" for reason in evaluation.assessability.reason_en.split("; ")}
            drafts = build_alerts(
                detector.card,
                evaluation.hits,
                context.whole,
                policy=policy,
                area=AREA,
                key=b"key",
                files=[f"file{number}" for number in range(100)],
            )
            cases = material(detector.card, with_evidence(detector.card, drafts, evaluation.exposure))
            alerts += [_raised(name, draft) for draft in cases]
        return Outcome("", frozenset(lines), join_rates(read.tables), frozenset(alerts))
    except FundwatchError as error:
        return Outcome("\n".join([error.what, error.where, *error.problems]))
    finally:
        shutil.rmtree(folder)


def _raised(detector: str, draft: AlertDraft) -> Raised:
    rows = [draft.evidence, draft.records]
    content = sorted(
        str(each)
        for frame in rows
        for name in ("settlement_id", "record_id")
        if name in frame.columns
        for each in frame[name]
    )
    people = {
        each
        for frame in rows
        for name in ("person_id", "provider_id")
        if name in frame.columns
        for each in frame[name]
    }
    subject = draft.subject
    about = {*content, *people, *subject.member_ids, subject.identity, subject.provider_id or ""}
    return Raised(
        detector, subject.identity, (*content, str(draft.money.amount)), frozenset(filter(None, about))
    )


def manifest_lines(manifest: Manifest) -> Iterator[str]:
    """What the terminal prints after intake, and what the doctor calls odd or absent."""
    yield from quarantine_lines(manifest, "en")
    yield from reading_lines(manifest, "en")
    yield from (text.en for text in oddities(manifest))
    for name, counts in manifest.tables.items():
        yield from (
            f"{name}: {column} is absent" for column in TABLES[name].columns if column not in counts.columns
        )
    yield from (f"table {name} is absent" for name in TABLES if name not in manifest.tables)


def statements(whole: Outcome, damaged: Outcome) -> list[str]:
    """Sentences about a damaged export that are not about the whole one; numbers make no difference."""
    if damaged.error:
        return [damaged.error]
    known = {_without_numbers(line) for line in whole.lines}
    lines = [line for line in damaged.lines if _without_numbers(line) not in known]
    before = {(rate.column, rate.target): rate.share for rate in whole.joins}
    lines += [
        f"{rate.column} → {rate.target}: {rate.share:.3f}"
        for rate in damaged.joins
        if rate.share < before.get((rate.column, rate.target), 1.0)
    ]
    return sorted(lines)


def names_its_place(damage: Structural, lines: Sequence[str]) -> bool:
    """Whether a sentence names the damaged table, and one of the damaged columns."""
    return any(
        _has_word(line, damage.table)
        and (not damage.columns or any(_has_word(line, column) for column in damage.columns))
        for line in lines
    )


def _has_word(text: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", text) is not None


def _without_numbers(text: str) -> str:
    return re.sub(r"[0-9][0-9,.:-]*", "#", text)
