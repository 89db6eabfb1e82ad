"""``fundwatch plan``: the institutions within the days, in both languages, masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch
from support.dashboard_fixtures import sample

from detection.store.queries.inspection import inspection_plan
from detection.store.queries.reader import open_reader

__all__ = ["sample"]


@pytest.mark.parametrize(("language", "heading"), [("en", "institution"), ("zh", "机构")])
def test_the_plan_lists_institutions_within_the_days(
    sample: Path, language: str, heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    ended = fundwatch("plan", "--workspace", sample, "--days", "12", "--language", language)
    with open_reader(sample) as reader:
        assert reader is not None
        plan = inspection_plan(reader, 12)
    assert ended.code == 0
    assert heading in ended.out
    assert plan.stops
    assert [stop.provider for stop in plan.stops if stop.provider not in ended.out] == []
    assert [stop.provider for stop in plan.left_out if stop.provider in ended.out] == []


def test_days_are_at_least_one(sample: Path) -> None:
    assert fundwatch("plan", "--workspace", sample, "--days", "0").code == 2
