"""What will be read and how: the mapping, the preset under it, and the options that the data decided."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import UsageError
from features.intake.mapping.model import PLAIN, Mapping
from features.intake.mapping.preset import AUTO, Preset, load_preset, own_content
from features.intake.planning.options import Decision, SourceSample, as_dict, asked_for, decide
from features.intake.planning.planner import Planner
from features.intake.reading.inspection import Inspected
from features.intake.reading.table_plan import TablePlan

_LOOKS_AT = {
    "mutual_aid_included_in_account": ("settlements", "account_paid"),
    "hosp_lv": ("providers", "level"),
    "paused_rows": ("enrolments", "status"),
}
"""Table that settles an option, and the column that depends on it: a fund that maps it has settled it."""


@dataclass(frozen=True)
class ReadRequest:
    """How a data set is to be read.

    Attributes:
        mapping: mapping file, or None.
        preset: name of the preset that it is laid over, or None.
        options: options of the preset.
    """

    mapping: Path | None = None
    preset: str | None = None
    options: AnyMapping[str, str] | None = None

    def identity(self) -> dict[str, Any]:
        """What of it decides how the data are read, for a hash."""
        said = None if self.mapping is None else self.mapping.read_text(encoding="utf-8")
        if self.preset is None:
            return {"mapping": said}
        return {"mapping": said, "preset": load_preset(self.preset).text, "options": dict(self.options or {})}


@dataclass(frozen=True)
class ReadPlan:
    """What will be read.

    Attributes:
        plans: the tables.
        about: what a preset decided, for the manifest; empty without one.
    """

    plans: list[TablePlan]
    about: dict[str, Any]


def plan_reading(data: Path, asked: ReadRequest) -> ReadPlan:
    """Plan every table.

    Raises:
        InputError: required tables or columns are missing, or files cannot be read.
        MappingError: the mapping cannot be carried out, or the data do not settle an option.
        UsageError: there is no such preset or option.
    """
    if asked.preset is None:
        if asked.options:
            raise UsageError("Only an import preset has options.", next_step="name it with --preset")
        return ReadPlan(Planner(data, _mapping(asked.mapping)).plan(), {})
    preset = load_preset(asked.preset)
    own, said = own_content(asked.mapping, preset)
    where = asked.mapping.name if asked.mapping else preset.name
    chosen = preset.settled({**said, **(asked.options or {})})
    inspected: dict[str, Inspected] = {}
    open_mapping = preset.mapping(chosen, own, where)
    plans = Planner(data, open_mapping, inspected).plan()
    decisions = _settle(preset, chosen, own, plans, open_mapping)
    chosen |= {one.option: one.value for one in decisions}
    planner = Planner(data, preset.mapping(chosen, own, where), inspected)
    plans = planner.plan()
    about = {
        "name": preset.name,
        "decisions": [as_dict(one) for one in decisions],
        "not_taken": planner.not_taken,
        "made_of": planner.made_of,
    }
    return ReadPlan(plans, about)


def _settle(
    preset: Preset,
    chosen: AnyMapping[str, str],
    own: AnyMapping[str, Any],
    plans: list[TablePlan],
    mapping: Mapping,
) -> list[Decision]:
    settled: list[Decision] = []
    sights: list[tuple[str, SourceSample]] = []
    for option in preset.options:
        table, column = _LOOKS_AT[option]
        seen = [plan for plan in plans if plan.table.table == table and not plan.mapping.guessed]
        if column in own.get("tables", {}).get(table, {}).get("columns", {}):
            settled.append(
                Decision(option, next(iter(preset.variants[option])), "none", {}, "mapped by the fund")
            )
        elif chosen[option] != AUTO:
            settled.append(asked_for(option, chosen[option]))
        else:
            sights.extend((option, SourceSample(plan, mapping)) for plan in seen[:1])
    return [*settled, *decide(sights)]


def _mapping(path: Path | None) -> Mapping:
    if path is None:
        return PLAIN
    from features.intake.mapping.file import load_mapping

    return load_mapping(path)
