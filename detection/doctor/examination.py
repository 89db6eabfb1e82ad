"""Examine a data set: read it as a run would, measure what detectors rest on, and assess nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from detection.deliveries.coverage import coverage_of
from detection.detectors.assessability import Assessability
from detection.detectors.context import DetectorContext
from detection.detectors.subject_tables import SUBJECT_TABLES
from detection.doctor.containers import written
from detection.doctor.gaps import (
    AttributeGap,
    Waiting,
    assessabilities,
    attribute_gaps,
    first_and_last,
    policy_gaps,
    switched_off,
)
from detection.doctor.joins import JoinRate, join_rates
from detection.doctor.oddities import oddities
from detection.doctor.periods import TablePeriod, periods
from detection.doctor.templates import item_template
from detection.doctor.words import both
from detection.language.sentences import in_both
from detection.language.text import Text
from detection.links.catalogue import LINKS, breaks_of
from detection.run.compare import compare_with_last_run
from detection.run.ingest import RunData, ingest, with_policy
from detection.run.request import RunRequest
from features.contract.vocabulary import UNKNOWN_AREAS
from features.engine import Views
from features.errors import FundwatchError
from features.intake import Manifest, refuse_missing
from features.policy import known_areas, load_policy
from features.progress import Progress
from features.readings import Reading
from features.tables import Tables
from features.workspace import open_workspace

_log = logging.getLogger(__name__)
_Measured = TypeVar("_Measured")
_LEDGER_LINKS = ("account_enrolment", "ledger_unit", "ledger_balance", "ledger_payments", "contribution_unit")


@dataclass(frozen=True)
class DoctorRequest:
    """What is examined.

    Attributes:
        data: folder with the tables.
        mapping, preset, preset_options: as for a run.
        area: pooling area, or None to take that of most enrolments.
        policy_dir: a fund's own policy values, or None.
        items: whether a template of the reference of items is made.
    """

    data: Path
    mapping: Path | None = None
    preset: str | None = None
    preset_options: Mapping[str, str] = field(default_factory=dict)
    area: str | None = None
    policy_dir: Path | None = None
    items: bool = False


@dataclass
class Examination:
    """What was measured; each part is empty where nothing was read, or it could not be measured.

    Attributes:
        problems: why a run would not start.
        drafted: whether the rest is what a draft mapping reads, because a run as requested would not start.
        failed: parts that could not be measured.
        manifest: what was read.
        files: names of the files that each table's accepted rows come from.
        written: how each file is packed and written.
        area: the area whose policy was used, or ``none``.
        odd: oddities with what helps.
        joins, periods, breaks: of the tables.
        detectors: what each can assess.
        off: what is missing, and which detectors that switches off.
        policy, attributes: values that are missing.
        items: template of the reference of items, if requested.
    """

    problems: list[Text] = field(default_factory=list)
    failed: list[Text] = field(default_factory=list)
    drafted: bool = False
    manifest: Manifest | None = None
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: Mapping[str, Text] = field(default_factory=dict)
    area: str = "none"
    odd: list[Text] = field(default_factory=list)
    joins: Sequence[JoinRate] = ()
    periods: Sequence[TablePeriod] = ()
    breaks: Sequence[Text] = ()
    detectors: Mapping[str, Assessability] = field(default_factory=dict)
    off: Sequence[Waiting] = ()
    policy: Sequence[Waiting] = ()
    attributes: Sequence[AttributeGap] = ()
    items: pl.DataFrame | None = None

    @property
    def would_start(self) -> bool:
        """Whether a run on these data would start."""
        return self.manifest is not None and not self.problems and not self.drafted


def examine(request: DoctorRequest, folder: Path, progress: Progress) -> Examination:
    """Examine a data set; nothing raises.

    Args:
        request: what is examined.
        folder: an empty folder for unfinished files, which the caller removes.
        progress: called with the step, and how much of it is done.
    """
    examination = Examination()
    try:
        _examine(request, folder, progress, examination)
    except FundwatchError as error:
        examination.problems += problem_texts(error, request.data)
    except Exception as error:  # what cannot be read is a line of the page, whatever the reason
        _log.info("The data set could not be examined: %s", type(error).__name__)
        examination.problems.append(both("problem.unforeseen", kind=type(error).__name__))
    return examination


def problem_texts(error: FundwatchError, data: Path) -> list[Text]:
    """The lines of an error: what, where (if not the data folder itself), each problem, and the next step."""
    lines = [in_both(error.what), *map(in_both, error.problems)]
    if error.where not in ("", str(data)):
        place = in_both(error.where)
        lines[0] = Text(f"{lines[0].en} ({place.en})", f"{lines[0].zh}（{place.zh}）")
    return [*lines, both("problem.next", step=in_both(error.next_step))] if error.next_step else lines


def _examine(request: DoctorRequest, folder: Path, progress: Progress, seen: Examination) -> None:
    refuse_missing(request.data)
    space = open_workspace(folder / "doctor", create=True)
    run_request = RunRequest(
        data=request.data,
        workspace=space.root,
        area=request.area or "none",
        now="",
        mapping=request.mapping,
        preset=request.preset,
        preset_options=request.preset_options,
    )
    with space.lock():
        data = ingest(run_request, space, progress)
        seen.manifest = data.snapshot.manifest
        seen.odd = oddities(seen.manifest)
        seen.written = {file.name: written(request.data, file) for file in seen.manifest.files}
        seen.odd += _as_read(data.readings)
        if data.implausible:
            seen.odd.append(both("odd.far_days", rows=data.implausible))
        compare_with_last_run(run_request, space, data, coverage_of(data.tables))
        views = space.tmp / "views"
        views.mkdir()
        _measure(request, data, views, seen)


def _measure(request: DoctorRequest, data: RunData, views: Path, seen: Examination) -> None:
    seen.area = request.area or _area_of(data.tables, request.policy_dir)
    policy = load_policy(seen.area, overlay=request.policy_dir if seen.area != "none" else None)
    filled = with_policy(data, policy, {})
    seen.odd += _as_read(filled.readings[len(data.readings) :])
    tables = filled.tables
    context = DetectorContext(tables, Views(tables, views), policy, seen.area)
    names = [file.name for file in data.snapshot.manifest.files]
    seen.files = {table: _files_of(tables, table, names) for table in tables.columns}
    seen.joins = _guarded(lambda: join_rates(tables), "joins", seen) or ()
    seen.periods = _guarded(lambda: periods(tables), "periods", seen) or ()
    seen.breaks = _guarded(lambda: broken_links(context), "breaks", seen) or ()
    seen.detectors = _guarded(lambda: assessabilities(context), "detectors", seen) or {}
    seen.off = _guarded(lambda: switched_off(context, seen.detectors), "off", seen) or ()
    days = first_and_last(tables)
    seen.policy = _guarded(lambda: policy_gaps(context, days), "policy", seen) or ()
    seen.attributes = _guarded(lambda: attribute_gaps(tables), "attributes", seen) or ()
    if request.items:
        seen.items = _guarded(lambda: item_template(tables), "attributes", seen)


def _as_read(readings: Sequence[Reading]) -> list[Text]:
    """Words that were read otherwise than the contract means them, or that the data confirmed."""
    return [
        both("odd.reading", name=each.name, value=each.value, reason=Text(each.en, each.zh))
        for each in readings
        if each.by != "contract"
    ]


def _files_of(tables: Tables, table: str, names: Sequence[str]) -> tuple[str, ...]:
    frame: pl.LazyFrame = tables.frame(table).to_native()
    places = frame.select(pl.col("source_file").unique().drop_nulls().sort()).collect()["source_file"]
    return tuple(names[place] for place in places)


def _guarded(measure: Callable[[], _Measured], part: str, seen: Examination) -> _Measured | None:
    """A part of the examination; one that fails is named, and the others go on."""
    try:
        return measure()
    except Exception as error:
        _log.info("A part of the data set could not be examined: %s", type(error).__name__)
        seen.failed.append(both("problem.part", part=both(f"title.{part}"), kind=type(error).__name__))
        return None


def broken_links(context: DetectorContext) -> list[Text]:
    """The links that detectors rest on and that are broken, as a whole or in part, with the rows concerned."""
    texts = []
    for name in LINKS:
        table_name = "account_entries" if name in _LEDGER_LINKS else "settlements"
        table = SUBJECT_TABLES[table_name]
        for each in breaks_of(name, context.views):
            rows = 0
            if each.part is not None:
                holds = each.part.holds(table.column_of(each.part.role), table.day)
                frame: pl.LazyFrame = (
                    context.whole.frame(table_name).filter(holds).select(nw.len()).to_native()
                )
                rows = int(frame.collect().item())
            en, zh = (reason.replace("{n}", f"{rows:,}") for reason in each.reason)
            texts.append(Text(en, zh))
    return list(dict.fromkeys(texts))


def _area_of(tables: Tables, policy_dir: Path | None) -> str:
    """The pooling area of most enrolments, if its policy is known; ``none`` otherwise."""
    if not tables.has("enrolments", "pooling_area"):
        return "none"
    areas: pl.LazyFrame = tables.enrolments.select("pooling_area").to_native()
    counted = areas.drop_nulls().group_by("pooling_area").len().sort("len", "pooling_area").collect()
    named = [area for area in counted["pooling_area"] if area not in UNKNOWN_AREAS]
    known = known_areas() + (known_areas(policy_dir) if policy_dir and policy_dir.is_dir() else ())
    return str(named[-1]) if named and named[-1] in known else "none"
