"""The recipes of CONTRIBUTING.md, followed in a copy of the project: what they name is all that has to be edited."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT
from support.words import project_files

from detection.detectors.card_files import read_card

pytestmark = pytest.mark.slow

GENERATED = ("tests/golden/", "docs/schemas/", "docs/contract.md")
"""What ``make golden`` writes; nobody edits it by hand."""

PLACEHOLDER = "TODO"
"""What the templates leave open for the author of a rule or a feature."""

FINISHED = ROOT / "tests" / "support" / "recipe"
"""The files that a person would write."""

CATALOGUES = [
    f"detection/language/file_texts/zh/LC_MESSAGES/{name}.po"
    for name in ("sources_cards", "cases_data_quality")
]


def copy_of_the_project(folder: Path) -> Path:
    """The project's text files in a folder, without the sample data and pictures."""
    for path in project_files(
        *(
            ".py",
            ".toml",
            ".po",
            ".txt",
            ".md",
            ".json",
            ".css",
            ".js",
            ".svg",
            ".typ",
            ".yml",
            ".png",
            "Makefile",
        )
    ):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Every text file of a copy by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".png"
        and "__pycache__" not in path.parts
        and ".hypothesis" not in path.parts
    }


def run(folder: Path, *command: str) -> str:
    """Run Python in a copy; its output, which a failure shows."""
    paths = os.pathsep.join([str(folder), str(folder / "tests")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


def edited_by_hand(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Files that differ and that no command wrote as they are."""
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return sorted(path for path in changed if not path.startswith(GENERATED))


def pytest_in(folder: Path, *arguments: str) -> None:
    """Run some tests of the copy; at least one passes."""
    printed = run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments)
    assert re.search(r"\b\d+ passed", printed), printed[-500:]


def test_a_rule_is_a_pair_of_files_and_its_chinese(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    before = contents(copy)
    run(copy, "tests/scaffold/scaffold.py", "rule", "paid_without_cost", "data_quality")
    pair = [
        copy / "detection" / "rules" / "data_quality" / f"paid_without_cost{end}" for end in (".py", ".toml")
    ]
    assert read_card(pair[1]).detector == "paid_without_cost", "the template is a whole card"
    for path in pair:
        assert PLACEHOLDER in path.read_text(encoding="utf-8")
        path.write_text((FINISHED / f"rule{path.suffix}.txt").read_text(encoding="utf-8"), encoding="utf-8")
    for catalogue, chinese in zip(CATALOGUES, ("sources", "cases"), strict=True):
        with (copy / catalogue).open("a", encoding="utf-8") as file:
            file.write((FINISHED / f"{chinese}.po.txt").read_text(encoding="utf-8"))
    run(copy, "tests/golden/write.py", "detectors", "random_worlds")
    pytest_in(
        copy,
        "-k",
        "paid_without_cost or labels or golden or code_of_the_contract or is_as_recorded or place_on_its_page"
        " or every_sentence",
        "tests/unit/detection/rules",
        "tests/unit/detection/detectors/test_catalogue.py",
        "tests/unit/dashboard/test_wording.py",
        "tests/unit/detection/language/test_files.py",
        "tests/project/test_readme.py",
        "tests/project/test_docs.py",
    )
    assert edited_by_hand(before, contents(copy)) == [
        *CATALOGUES[::-1],
        "detection/rules/data_quality/paid_without_cost.py",
        "detection/rules/data_quality/paid_without_cost.toml",
    ]


def test_a_feature_is_a_module_and_its_reference(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    before = contents(copy)
    run(copy, "tests/scaffold/scaffold.py", "feature", "months_with_visits", "visits", "person")
    module = copy / "features" / "visits" / "months_with_visits.py"
    assert PLACEHOLDER in module.read_text(encoding="utf-8")
    module.write_text((FINISHED / "feature.py.txt").read_text(encoding="utf-8"), encoding="utf-8")
    references = copy / "tests" / "reference" / "person_reference.py"
    start, _ = references.read_text(encoding="utf-8").split("def months_with_visits")
    references.write_text(
        start + (FINISHED / "reference.py.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    run(copy, "tests/golden/write.py", "catalogue")
    pytest_in(
        copy,
        "tests/unit/features/test_catalogue.py",
        "tests/unit/features/test_references.py",
        "tests/unit/models/test_feature_sets.py",
        "tests/project/test_docs.py",
    )
    assert edited_by_hand(before, contents(copy)) == [
        "features/visits/months_with_visits.py",
        "tests/reference/person_reference.py",
    ]


def test_what_cannot_be_started_is_refused(tmp_path: Path) -> None:
    for arguments, words in (
        (("rule", "cap_rush", "benefit"), "exists"),
        (("rule", "new_one", "no_family"), "There is no family"),
        (("rule", "New-One", "benefit"), "not snake_case"),
        (("feature", "new_one", "no_theme", "person"), "THEME is one of"),
    ):
        done = subprocess.run(
            [sys.executable, "tests/scaffold/scaffold.py", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert words in done.stderr
