"""How much of a join or of an identity may fail: the values of ``limits.toml``, dated and with their source."""

from __future__ import annotations

from pathlib import Path

from features.dated import Settings

LIMITS = Settings(Path(__file__).with_suffix(".toml"))


def day_is_broken(n: int, of: int) -> bool:
    """Whether so many of the payments of one day differ that its transmission failed."""
    return n >= LIMITS.whole("ledger_day_least") and n * 100 >= of * LIMITS.number("ledger_day_percent")
