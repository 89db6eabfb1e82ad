"""Draft a mapping file: of what is read already, of a preset that fits, or of guesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from features.contract import TABLES
from features.errors import FundwatchError
from features.intake.drafting.fitting import fit
from features.intake.drafting.guessing import GUESS, Guesser, NoGuessError, UnreadableTableError
from features.intake.drafting.planned import planned
from features.intake.drafting.survey import Surveyed, sampled, survey
from features.intake.drafting.toml import Draft, DraftColumn
from features.intake.mapping.preset import FOLDER, load_preset
from features.intake.planning.read_plan import ReadPlan, ReadRequest, plan_reading
from features.intake.reading.contents import without_ending
from features.intake.reading.table_plan import TablePlan
from features.intake.unused import likely_columns

_HEAD = (
    "Draft of a mapping file. Check each line marked guess: only names and forms of values speak for it.",
    "Format: docs/mapping.md. Check it: fundwatch doctor --data DIR --mapping FILE",
)
_HEAD_ZH = "映射文件草稿。凡注明 guess 之处仅依据名称和取值形式推测，须逐条核对。格式见 docs/mapping.md。"


@dataclass(frozen=True)
class Drafted:
    """A draft.

    Attributes:
        draft: the file.
        preset: the preset that the names are those of; empty where there is none.
        surveyed: the files of the folder; empty where no survey was needed.
    """

    draft: Draft
    preset: str = ""
    surveyed: tuple[Surveyed, ...] = ()


def draft_mapping(data: Path, request: ReadRequest) -> Drafted:
    """The draft for a data folder: what the request reads, else what a preset reads, else guesses.

    Raises:
        NoGuessError: nothing in the folder looks like claims.
        UnreadableTableError: files with the contract's names cannot be read.
    """
    reads = _plan(data, request)
    if reads is not None:
        return Drafted(_of_plan(data, reads, loose=request.preset is not None), request.preset or "")
    for preset in sorted(path.stem for path in FOLDER.glob("*.toml")):
        for options in _options(preset):
            reads = _plan(data, ReadRequest(None, preset, options))
            if reads is not None:
                draft = _of_plan(data, reads, loose=True)
                draft.comments.append(f"The names are those of the preset {preset}.")
                draft.comments += [f"{GUESS}: option {name}={value}" for name, value in options.items()]
                return Drafted(draft, preset)
    surveyed = tuple(survey(data))
    try:
        _refuse_unreadable(surveyed)
        draft = Guesser([file for file in surveyed if file.file is not None and file.sample.width]).draft()
    except NoGuessError as problem:
        problem.files = surveyed
        raise
    draft.comments[:0] = [*_HEAD, _HEAD_ZH]
    return Drafted(draft, "", surveyed)


def _refuse_unreadable(surveyed: Iterable[Surveyed]) -> None:
    """Refuse to guess where a table has a file of its name that has only to be corrected."""
    names = [file.name for file in surveyed if file.problem and without_ending(file.name).lower() in TABLES]
    if names:
        raise UnreadableTableError(", ".join(names))


def _plan(data: Path, request: ReadRequest) -> ReadPlan | None:
    try:
        return plan_reading(data, request)
    except FundwatchError:
        return None


def _options(preset: str) -> Iterator[Mapping[str, str]]:
    """The options to try: those that the data determine, then every combination."""
    yield {}
    options = load_preset(preset).options
    for values in product(*(values[1:] for values in options.values())):
        yield dict(zip(options, values, strict=True))


def _of_plan(data: Path, reads: ReadPlan, *, loose: bool) -> Draft:
    draft = planned(data, reads.tables, loose=loose)
    for plan in reads.tables:
        columns = draft.tables[plan.table.table].columns
        for name, source in _misspelt(plan).items():
            columns[name] = DraftColumn(source, f"{GUESS}: by its name")
    draft.comments[:0] = [*_HEAD, _HEAD_ZH]
    return draft


def _misspelt(plan: TablePlan) -> dict[str, str]:
    """Columns of a table's files whose names resemble a contract column that it lacks and whose values fit."""
    likely = likely_columns(plan.unused(), plan.missing)
    lacking = {name for name in plan.table.columns if name not in plan.columns}
    meant = {name: source for source, name in likely.items() if name in lacking}
    return {name: source for name, source in meant.items() if _fits(plan, source, name)}


def _fits(plan: TablePlan, source: str, name: str) -> bool:
    cells = sampled(plan.files[0], source)
    return cells is not None and fit(cells, plan.table.columns[name]) is not None


__all__ = ["Drafted", "NoGuessError", "UnreadableTableError", "draft_mapping"]
