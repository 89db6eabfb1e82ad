"""Limits of sign-in and sessions, from limits.toml."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        idle_minutes, longest_hours: how long a session lives without a click, and at most.
        account_failures, address_failures: failed sign-ins before a wait.
        first_wait_seconds, longest_wait_minutes: the first wait, which doubles, and the longest.
        forgotten_hours: when failures no longer count.
        shortest_password, longest_password: characters.
        password_kinds: kinds of characters.
    """

    idle_minutes: int
    longest_hours: int
    account_failures: int
    address_failures: int
    first_wait_seconds: int
    longest_wait_minutes: int
    forgotten_hours: int
    shortest_password: int
    longest_password: int
    password_kinds: int

    @property
    def idle(self) -> dt.timedelta:
        """How long a session lives without a click."""
        return dt.timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> dt.timedelta:
        """How long a session lives at most."""
        return dt.timedelta(hours=self.longest_hours)

    @property
    def forgotten(self) -> dt.timedelta:
        """After how long failures no longer count."""
        return dt.timedelta(hours=self.forgotten_hours)

    @property
    def longest_wait(self) -> dt.timedelta:
        """The longest wait after failures."""
        return dt.timedelta(minutes=self.longest_wait_minutes)

    def wait(self, beyond: int) -> dt.timedelta:
        """The wait after so many failures beyond the limit."""
        doubled = dt.timedelta(seconds=self.first_wait_seconds) * (1 << min(beyond, 16))
        return min(doubled, self.longest_wait)


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("limits.toml"), Limits)
