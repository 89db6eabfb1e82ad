"""The two small exports of the damage bench, and what becomes of each damage."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from support.damages.damage import Structural
from support.damages.examine import Outcome, Raised, examined, names_its_place, statements
from support.damages.export import small_export
from support.damages.single import SingleCell
from support.field_cases import AREA

from data_samples.city import simulate

PERSONS, MONTHS, SEED = 1_000, 6, 318


@dataclass
class Figures:
    """What became of the damages, by kind."""

    ended: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def note(self, *lines: str) -> None:
        """Keep what is wrong, and print it at once."""
        self.wrong += lines
        print("\n".join(lines), file=sys.stderr, flush=True)

    def add(self, kind: str, *outcomes: str) -> None:
        """Count a damage."""
        self.ended.setdefault(kind, Counter()).update(["damages", *outcomes])

    def table(self, columns: tuple[str, ...]) -> list[str]:
        """The figures as rows of a table, with their sum."""
        total = sum(self.ended.values(), Counter[str]())
        rows = [*sorted(self.ended.items()), ("together", total)]
        lines = [f"| kind | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
        return lines + [
            f"| {kind} | {' | '.join(str(counts[name]) for name in columns)} |" for kind, counts in rows
        ]


class Bench:
    """The two exports, undamaged, and a folder for damaged ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name, planted in (("lawful", False), ("planted", True)):
            simulate(folder / name, persons=PERSONS, months=MONTHS, seed=SEED, area=AREA, planted=planted)
        self.lawful = small_export(folder / "lawful")
        everybody = self._examine_folder(folder / "planted")
        people = list(
            dict.fromkeys(
                each for alert in sorted(everybody.alerts, key=_order) for each in sorted(alert.about)
            )
        )
        self.planted = small_export(folder / "planted", people)
        self.whole = self.examine(self.lawful.write)
        self.alerts = self.examine(self.planted.write).alerts
        self.structural, self.cells = Figures(), Figures()

    def examine(self, write: Callable[[Path], object]) -> Outcome:
        """Write an export, import it, and remove it."""
        data = self._folder / "data"
        write(data)
        outcome = self._examine_folder(data)
        shutil.rmtree(data)
        return outcome

    def damage_whole(self, damage: Structural) -> None:
        """A structural damage: an error or a sentence with its place, and no alert."""
        outcome = self.examine(damage.write)
        lines = statements(self.whole, outcome)
        ended = "refused" if outcome.error else "said"
        if not names_its_place(damage, lines):
            ended = "silent"
            self.structural.note(f"silent: {damage.name}", *(f"    {line}" for line in lines[:8]))
        new = outcome.alerts - self.whole.alerts
        if new:
            detectors = Counter(each.detector for each in new)
            self.structural.note(f"accused: {damage.name}: {dict(detectors)}")
        self.structural.add(damage.kind, ended, *(["with alerts"] if new else []))

    def damage_cell(self, damage: SingleCell) -> None:
        """Another value of a cell: alerts change only of whom its row is about."""
        outcome = self.examine(damage.write)
        if outcome.error:
            self.cells.add(damage.table, "refused")
            return
        changed: frozenset[Raised] = outcome.alerts ^ self.alerts
        others = _about_others(changed, damage)
        if others:
            self.cells.note(f"alerts of others: {damage.name}: {others}")
        self.cells.add(damage.table, "others'" if others else "own" if changed else "no alert changed")

    def _examine_folder(self, data: Path) -> Outcome:
        return examined(data, self._folder / "ws")


def _order(alert: Raised) -> tuple[str, ...]:
    return (alert.detector, alert.subject, *alert.content)


def _about_others(changed: Iterable[Raised], damage: SingleCell) -> dict[str, int]:
    """Cases that changed and that, neither before nor after, name whom the damaged row is about; by detector."""
    cases: dict[tuple[str, str], frozenset[str]] = {}
    for each in changed:
        case = (each.detector, each.subject)
        cases[case] = cases.get(case, frozenset()) | each.about
    return dict(Counter(detector for (detector, _), about in cases.items() if not about & damage.about))
