"""Fixtures of the screens' tests."""

from __future__ import annotations

from support.dashboard_fixtures import empty, open_page, sample, sample_to_change, small_sample

__all__ = ["empty", "open_page", "sample", "sample_to_change", "small_sample"]
