"""Plan the reading of a data folder: the mapping, its preset, and the options that the data determine."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path

from features.errors import UsageError
from features.intake.manifest import Decision, PresetRecord
from features.intake.mapping.entries import MappingFile, TableEntry
from features.intake.mapping.file import load_mapping
from features.intake.mapping.model import PLAIN, Mapping
from features.intake.mapping.preset import AUTO, Preset, load_preset, read_own
from features.intake.planning.options import OPTIONS, Option, SourceSample, resolve_options
from features.intake.planning.planner import Planner
from features.intake.reading.inspection import Inspected
from features.intake.reading.table_plan import TablePlan


@dataclass(frozen=True)
class ReadRequest:
    """How the user wants a data set to be read.

    Attributes:
        mapping: mapping file, or None.
        preset: name of the preset that the mapping file overrides, or None.
        options: options of the preset.
    """

    mapping: Path | None = None
    preset: str | None = None
    options: AnyMapping[str, str] | None = None

    def identity(self) -> dict[str, object]:
        """Everything in it that affects how the data are read, for a hash."""
        mapping = None if self.mapping is None else self.mapping.read_text(encoding="utf-8")
        if self.preset is None:
            return {"mapping": mapping}
        preset = load_preset(self.preset).text
        return {"mapping": mapping, "preset": preset, "options": dict(self.options or {})}


@dataclass(frozen=True)
class ReadPlan:
    """What will be read.

    Attributes:
        tables: plans of the tables.
        preset: what the preset determined; None without one.
    """

    tables: list[TablePlan]
    preset: PresetRecord | None = None


def plan_reading(data: Path, request: ReadRequest) -> ReadPlan:
    """Plan every table.

    Raises:
        InputError: required tables or columns are missing, or files are unreadable.
        MappingError: the mapping does not fit the data, or the data do not determine an option.
        UsageError: there is no such preset or option.
    """
    if request.preset is None:
        if request.options:
            raise UsageError("Only an import preset has options.", next_step="name it with --preset")
        mapping = PLAIN if request.mapping is None else load_mapping(request.mapping)
        return ReadPlan(Planner(data, mapping).plan())
    return _plan_with_preset(data, request, load_preset(request.preset))


def _plan_with_preset(data: Path, request: ReadRequest, preset: Preset) -> ReadPlan:
    """Plan once with open options, resolve them by the data, and plan again."""
    own = read_own(request.mapping, preset)
    where = request.mapping.name if request.mapping else preset.name
    chosen = preset.chosen({**own.options, **(request.options or {})})
    inspected: dict[str, Inspected] = {}
    open_mapping = preset.mapping(chosen, own, where)
    plans = Planner(data, open_mapping, inspected).plan()
    decisions = _decisions(preset, chosen, own, plans, open_mapping)
    chosen |= {decision.option: decision.value for decision in decisions}
    planner = Planner(data, preset.mapping(chosen, own, where), inspected)
    return ReadPlan(
        planner.plan(),
        PresetRecord(
            name=preset.name, decisions=tuple(decisions), skipped=planner.skipped, made_of=planner.made_of
        ),
    )


def _decisions(
    preset: Preset,
    chosen: AnyMapping[str, str],
    own: MappingFile,
    plans: list[TablePlan],
    mapping: Mapping,
) -> list[Decision]:
    """The value of every option: those that are given first, then those that the data determine."""
    given: list[Decision] = []
    samples: list[tuple[Option, SourceSample]] = []
    for name in preset.options:
        option = OPTIONS[name]
        own_table = own.tables.get(option.table, TableEntry())
        if option.column in own_table.columns:
            default = next(iter(preset.variants[name]))
            given.append(Decision(option=name, value=default, by="none", explanation="mapped by the fund"))
        elif chosen[name] != AUTO:
            given.append(Decision(option=name, value=chosen[name], by="asked", explanation="as requested"))
        else:
            known = (p for p in plans if p.table.table == option.table and not p.mapping.guessed)
            samples.extend((option, SourceSample(plan, mapping)) for plan in list(known)[:1])
    return [*given, *resolve_options(samples)]
