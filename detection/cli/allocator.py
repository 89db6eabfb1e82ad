"""Memory of the process: when Polars gives it back to the system, and how often Python looks for cycles in it."""

from __future__ import annotations

import gc
from collections.abc import MutableMapping

VARIABLE = "_RJEM_MALLOC_CONF"
KEPT_FOR_MS = 300
"""Freed pages are used again for this long. Returned at once, each is cleared and mapped anew for the next result: half
as much system time as user time. Kept for seconds, the steps of a run add up. Measured: docs/performance.md."""

NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS = 10_000, 20, 20
"""Python looks for objects that only refer to each other after so many new ones, at older ones every so many rounds.

Importing what a run needs makes a million objects that stay. Looking through them with Python's own settings takes a
sixth of that time. Measured: docs/performance.md."""


def set_allocator(environment: MutableMapping[str, str]) -> None:
    """Set how long freed memory is kept, where nobody has set it.

    Args:
        environment: of this process; Polars reads it once, when it is first imported.
    """
    environment.setdefault(VARIABLE, f"dirty_decay_ms:{KEPT_FOR_MS},muzzy_decay_ms:0")


def set_collector() -> None:
    """Look for cycles less often than Python does."""
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS)
