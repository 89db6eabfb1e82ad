"""A city in which nothing is planted raises no alert, on full and on poor data."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch
from support.workspaces import alerts

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("author", "columns", "area"),
    [("first", "full", "320600"), ("second", "typical", "150200"), ("second", "poor", "320600")],
)
def test_an_innocent_city_is_quiet(tmp_path: Path, author: str, columns: str, area: str) -> None:
    city, workspace = tmp_path / "city", tmp_path / "ws"
    size = ("--persons", "4000", "--months", "14", "--seed", "31", "--area", area)
    fundwatch("simulate", "--out", city, *size, "--author", author, "--columns", columns, "--clean")
    fundwatch("run", "--data", city, "--workspace", workspace, "--area", area, "--profile", "illustrative")
    assert [(alert.detector, alert.subject_kind) for alert in alerts(workspace)] == []
