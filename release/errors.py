"""What ends a step of a release."""

from __future__ import annotations


class ReleaseError(Exception):
    """A step cannot be done: the message says what, where, and what to do next."""
