"""Where a run spends: by step from its reports of progress, by line of code from samples.

Whoever records gives the clock, so that a test can give another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import NamedTuple


class Usage(NamedTuple):
    """What a process has used so far: seconds of user and system time and by the clock, and resident bytes."""

    user: float
    system: float
    wall: float
    resident: int
    peak: int


Clock = Callable[[], Usage]
"""Gives the usage until now; ``peak`` is the largest resident memory since the last call."""


@dataclass
class Cost:
    """Sums of one step: seconds, and bytes by which resident memory grew, and its largest amount."""

    user: float = 0.0
    system: float = 0.0
    wall: float = 0.0
    grown: int = 0
    peak: int = 0

    @property
    def cpu(self) -> float:
        """Seconds of work on all cores."""
        return self.user + self.system

    def add(self, before: Usage, after: Usage) -> None:
        """Count what was used between two moments."""
        self.user += after.user - before.user
        self.system += after.system - before.system
        self.wall += after.wall - before.wall
        self.grown += after.resident - before.resident
        self.peak = max(self.peak, after.peak)


@dataclass
class StepRecorder:
    """A `features.progress.Progress` that charges what is used to the step that was reported last.

    Attributes:
        clock: usage until now.
        parts: names of the parts of a step that reports how many of them are done, by the step's name.
    """

    clock: Clock
    parts: dict[str, Sequence[str]] = field(default_factory=dict)
    costs: dict[tuple[str, str], Cost] = field(default_factory=dict)
    _step: tuple[str, str] = ("start", "")
    _since: Usage | None = None

    def __call__(self, step: str, done: int, _total: int, /) -> None:
        """Charge what was used until now, and begin with a step or its next part."""
        self.charge()
        parts = self.parts.get(str(step), ())
        self._step = (str(step), parts[done] if done < len(parts) else "")

    def charge(self) -> None:
        """Charge what was used until now to the step that lasts."""
        now = self.clock()
        if self._since is not None:
            self.costs.setdefault(self._step, Cost()).add(self._since, now)
        self._since = now


@dataclass
class LineSampler:
    """Charges the work since the last sample to the stack that it is called with.

    A signal of the processor-time timer reaches Python when a native call returns, so all of that call's work goes to
    the line that made it.

    Attributes:
        clock: seconds of user and of system time until now.
        packages: top-level packages that lines are charged to.
    """

    clock: Callable[[], tuple[float, float]]
    packages: tuple[str, ...]
    stacks: dict[tuple[str, ...], list[float]] = field(
        default_factory=lambda: defaultdict(lambda: [0.0, 0.0])
    )
    _last: tuple[float, float] = (0.0, 0.0)

    def __call__(self, _signal: int, frame: FrameType | None) -> None:
        """Take one sample."""
        now = self.clock()
        charged = self.stacks[tuple(self._own_lines(frame))]
        charged[0] += now[0] - self._last[0]
        charged[1] += now[1] - self._last[1]
        self._last = now

    def _own_lines(self, frame: FrameType | None) -> Iterator[str]:
        """Lines of the packages on the stack, the innermost first."""
        while frame is not None:
            module = str(frame.f_globals.get("__name__", ""))
            if module.partition(".")[0] in self.packages:
                yield f"{module}:{frame.f_code.co_name}:{frame.f_lineno}"
            frame = frame.f_back

    def by_line(self) -> list[tuple[str, float, float]]:
        """Innermost lines with seconds of user and system time, the most costly first."""
        return self._summed(lambda stack: stack[:1] or ("outside the packages",))

    def by_function(self) -> list[tuple[str, float, float]]:
        """Functions with everything below them, seconds of user and system time, the most costly first."""
        return self._summed(lambda stack: {line.rpartition(":")[0] for line in stack})

    def _summed(self, names_of: Callable[[tuple[str, ...]], Iterable[str]]) -> list[tuple[str, float, float]]:
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for stack, (user, system) in self.stacks.items():
            for name in names_of(stack):
                sums[name][0] += user
                sums[name][1] += system
        rows = [(name, user, system) for name, (user, system) in sums.items()]
        return sorted(rows, key=lambda row: -row[1] - row[2])
