"""Progress bars of a run: one for the whole of it, with the time that is left, and one for each step."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from detection.cli.language.choice import in_terminal_language
from detection.cli.steps.estimate import Estimate
from detection.cli.steps.times import estimate_for, keep_times
from features.message import Message
from features.progress import Progress

_WHOLE, _FAR = "whole", 100
_SHOWN = 12
"""Most bars of steps at once."""
_MINUTE, _HOUR = 60, 3_600


@contextmanager
def run_bars(workspace: Path) -> Iterator[Progress]:
    """Progress bars of a run on stderr; a run that ends leaves its times for the next one.

    Args:
        workspace: folder of the workspace, which the run may have to make.
    """
    estimate = estimate_for(workspace)
    bars = _RunBars(estimate, Console(stderr=True))
    with bars:
        yield bars.step
        bars.end()
    keep_times(workspace, estimate)


def time_left(seconds: float) -> Message:
    """A time in words that are no finer than an estimate."""
    if seconds < _MINUTE:
        return Message("less than a minute left")
    minutes = ceil(seconds / _MINUTE)
    if seconds < _HOUR:
        return Message("about {minutes} min left", minutes=minutes)
    return Message("about {hours} h {minutes} min left", hours=minutes // 60, minutes=minutes % 60)


class _RunBars(Bars):
    def __init__(self, estimate: Estimate, console: Console) -> None:
        super().__init__(
            TextColumn("{task.description:<34}"),
            BarColumn(bar_width=30),
            _Count(),
            TimeElapsedColumn(),
            _Left(estimate),
            console=console,
        )
        self._estimate = estimate
        self._steps: dict[str, TaskID] = {}
        self._whole = self.add_task(in_terminal_language(Message("the whole run")), total=_FAR, kind=_WHOLE)

    def step(self, name: str, done: int, total: int) -> None:
        """Report how far a step is: a `features.progress.Progress`."""
        self._estimate.report(str(name), done, total, time.monotonic())
        if name not in self._steps:
            self._close_steps()
            self._steps[name] = self.add_task(in_terminal_language(name), total=total or None)
        self.update(self._steps[name], completed=done, total=total or None)

    def _close_steps(self) -> None:
        """Every step so far is done; the oldest give way, so that all fit on a screen."""
        for number, task in enumerate(reversed(self._steps.values()), 1):
            self.stop_task(task)
            self.update(task, completed=self._tasks[task].total, visible=number < _SHOWN)

    def end(self) -> None:
        """Everything is done."""
        self._close_steps()
        self._estimate.end(time.monotonic())
        self.update(self._whole, completed=_FAR)

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bars; that of the whole run moves with the clock."""
        whole = self._tasks.get(self._whole) if hasattr(self, "_whole") else None
        if whole is not None and not whole.finished:
            whole.completed = min(_FAR * self._estimate.share(time.monotonic()), _FAR - 1)
        yield from super().get_renderables()


class _Count(MofNCompleteColumn):
    """Parts that are done of all; percent for the whole run."""

    def render(self, task: Task) -> Text:
        """The text of one bar."""
        if task.fields.get("kind") == _WHOLE:
            return Text(f"{task.percentage:.0f}%", style="progress.download")
        return super().render(task)


class _Left(ProgressColumn):
    """Time that is left of the whole run."""

    max_refresh = 0.5

    def __init__(self, estimate: Estimate) -> None:
        super().__init__()
        self._estimate = estimate

    def render(self, task: Task) -> Text:
        """The text of one bar."""
        left = self._estimate.remaining(time.monotonic())
        if task.fields.get("kind") != _WHOLE or task.finished or left is None:
            return Text("")
        return Text(in_terminal_language(time_left(left)), style="progress.remaining")
