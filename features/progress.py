"""How a long task reports how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as a task goes on."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Report how far a step is.

        Args:
            step: its name; a `Message`, so that it can be translated.
            done: how much of it is done.
            total: how much there is; 0 where that is unknown.
        """


def no_progress(_step: str, _done: int, _total: int, /) -> None:
    """Report nothing."""
