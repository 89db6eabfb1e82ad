"""The shape of the project: few files in a folder, short files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from support.paths import ROOT
from support.words import PACKAGES, project_files

MOST_FILES = 20
MANY_ALLOWED = (
    "data_samples", "tests", "detection/rules", "detection/indicators", "docs/schemas",
    "detection/store/migrations/versions",
)  # fmt: skip
"""Folders that may hold more: the simulator with its scenes and twins, tests, pairs of rules and of indicators, steps
of the store's tables, which are added one by one and never removed."""


def product() -> list[Path]:
    return [path for path in project_files(".py") if path.relative_to(ROOT).parts[0] in PACKAGES]


def test_no_folder_holds_too_many_files() -> None:
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for path in project_files(".py", ".toml", ".md", ".po", ".css", ".typ")
        if path.name != "__init__.py"
    )
    assert len(folders) > 50
    assert {
        folder: count
        for folder, count in folders.items()
        if count > MOST_FILES and not folder.startswith(MANY_ALLOWED)
    } == {}


def test_files_are_short() -> None:
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in product()]
    assert len(lines) > 300
    assert median(lines) <= 100
    assert quantiles(lines, n=20)[-1] <= 250
