"""How Polars' allocator gives freed memory back to the system."""

from __future__ import annotations

from collections.abc import MutableMapping

VARIABLE = "_RJEM_MALLOC_CONF"
KEPT_FOR_MS = 300
"""Freed pages are used again for this long. Returned at once, each is cleared and mapped anew for the next result: half
as much system time as user time. Kept for seconds, the steps of a run add up. Measured: docs/performance.md."""


def set_allocator(environment: MutableMapping[str, str]) -> None:
    """Set how long freed memory is kept, where nobody has set it.

    Args:
        environment: of this process; Polars reads it once, when it is first imported.
    """
    environment.setdefault(VARIABLE, f"dirty_decay_ms:{KEPT_FOR_MS},muzzy_decay_ms:0")
