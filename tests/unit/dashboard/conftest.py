"""Fixtures of the screens' tests."""

from __future__ import annotations

from support.dashboard_fixtures import empty, open_page, sample, sample_to_change

__all__ = ["empty", "open_page", "sample", "sample_to_change"]
