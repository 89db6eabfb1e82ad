"""How a long task reports how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as a task goes on."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Report a step by its name, how much of it is done, and how much there is (0 where that is unknown)."""


def no_progress(_step: str, _done: int, _total: int, /) -> None:
    """Report nothing."""
