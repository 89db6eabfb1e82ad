"""When a run ends: from what its steps took before, and from how fast this one is.

A step has one part or more: detectors are one part each. Parts that a run jumps over count for nothing: the data lack
them, or a stopped run has finished them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Times = Mapping[str, Sequence[float]]
"""Seconds of the parts of each step, in the order of a run."""
Part = tuple[str, int]
"""Step, and number of the part."""

_MOST_PARTS = 200
"""A step that counts more than this (rows) is one part."""
_WEIGHT_OF_BEFORE = 0.1
"""How much "as fast as before" weighs, as a share of the work; the more is done, the less it counts."""
_LEAST = 0.02
"""Share of the work that must be done before its speed says anything, where no earlier run does."""
_NEARLY_DONE = 0.05
"""Share of its time that a part still has, at least, as long as it lasts."""


@dataclass
class Estimate:
    """Follows one run; ``at`` is in seconds of a clock that the caller reads.

    Attributes:
        before: seconds of an earlier run of the workspace; or of any other run, where there is none.
        own: whether it is a run of the workspace.
    """

    before: Times
    own: bool
    _measured: dict[Part, float] = field(default_factory=dict)
    _behind: set[Part] = field(default_factory=set)
    _now: Part | None = None
    _since: float = 0.0
    _started: float | None = None
    _within: float = 0.0

    def report(self, step: str, done: int, total: int, at: float) -> None:
        """A step is ``done`` of ``total`` far; a total of 0 is unknown."""
        in_parts = 0 < total <= _MOST_PARTS
        if in_parts:
            self._divide(step, total)
        part = (step, min(done, total - 1) if in_parts else 0)
        self._started = at if self._started is None else self._started
        if part != self._now:
            if self._now is not None:
                self._measured[self._now] = at - self._since
                self._behind.add(self._now)
            self._pass(part)
            self._now, self._since = part, at
        self._within = done / total if total and (done >= total or not in_parts) else 0.0

    def end(self, at: float) -> None:
        """The run has ended."""
        if self._now is not None:
            self._measured[self._now] = at - self._since

    def remaining(self, at: float) -> float | None:
        """Seconds until the end; None where nothing can be said yet."""
        speed = self._speed()
        if speed is None:
            return None
        ahead = self._ahead()
        now = speed * (ahead.pop(self._now, 0.0) if self._now else 0.0)
        left = now * (1 - self._within) if self._within else now - (at - self._since)
        return speed * sum(ahead.values()) + max(left, _NEARLY_DONE * now)

    def share(self, at: float) -> float:
        """Share of the run's time that is over, 0 to 1."""
        remaining = self.remaining(at)
        over = 0.0 if self._started is None else at - self._started
        return over / (over + remaining) if remaining is not None and over else 0.0

    def times(self) -> dict[str, list[float]]:
        """For the next run: seconds as measured, and those of before, at this run's speed, of what was jumped over."""
        speed = self._speed() or 1.0
        seconds = {part: speed * old for part, old in self._every().items()} | self._measured
        return {
            step: [seconds[step, number] for number in sorted(n for name, n in seconds if name == step)]
            for step in self.before
        }

    def _divide(self, step: str, parts: int) -> None:
        """Let a step have so many parts: equal ones, where another number of them was measured."""
        old = self.before.get(step, ())
        if old and len(old) != parts:
            self.before = {**self.before, step: [sum(old) / parts] * parts}

    def _pass(self, part: Part) -> None:
        """Take everything before a part as behind."""
        order = list(self._every())
        if part in order:
            self._behind.update(order[: order.index(part)])

    def _every(self) -> dict[Part, float]:
        return {(step, n): old for step, parts in self.before.items() for n, old in enumerate(parts)}

    def _ahead(self) -> dict[Part, float]:
        return {part: old for part, old in self._every().items() if part not in self._behind}

    def _speed(self) -> float | None:
        """Seconds of this run by a second of the earlier one."""
        every = self._every()
        known = [part for part in self._measured if part in every]
        before, spent = sum(every[part] for part in known), sum(self._measured[part] for part in known)
        whole = sum(every.values())
        if self.own:
            before, spent = before + _WEIGHT_OF_BEFORE * whole, spent + _WEIGHT_OF_BEFORE * whole
        elif before < _LEAST * whole:
            return None
        return spent / before if before else None
