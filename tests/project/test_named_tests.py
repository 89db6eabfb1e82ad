"""Tests that the documentation names as its proof exist, and every fault of a review has one."""

from __future__ import annotations

import re

import pytest
from support.paths import ROOT

_NAMED = re.compile(r"`(?P<file>test_\w+\.py)?(?:::(?P<test>test_\w+))?`")
_DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
PAGES = ("screens.md", "security.md")
EVERY_TEXT = "test_every_text.py"
"""Looks at every page in a browser for texts that are cut."""


def defined() -> dict[str, set[str]]:
    """The tests of all files of a name."""
    tests: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tests.setdefault(path.name, set()).update(_DEFINED.findall(path.read_text(encoding="utf-8")))
    return tests


def named(text: str) -> list[tuple[str, str]]:
    """File and test of each name in a text; ``::test_it`` is in the file that was named last."""
    names, file = [], ""
    for match in _NAMED.finditer(text):
        file = match["file"] or file
        if match["file"] or match["test"]:
            names.append((file, match["test"] or ""))
    return names


def faults_of(page: str) -> dict[str, list[tuple[str, str]]]:
    """The tests of each numbered fault of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return {match[1]: named(match[0]) for match in re.finditer(r"^\| (F\d+) \|.*$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_exists(page: str) -> None:
    names, known = named((ROOT / "docs" / page).read_text(encoding="utf-8")), defined()
    assert len(names) > 10
    assert [
        f"{file}::{test}" for file, test in names if file not in known or (test and test not in known[file])
    ] == []


def test_every_fault_of_the_attack_review_has_a_named_test() -> None:
    rows = faults_of("security.md")
    assert list(rows) == [f"F{number}" for number in (2, 3, 4, 7, 9, 10, 11, 12, 16, 17, 18, 19, 20, 23, 24)]
    assert [fault for fault, tests in rows.items() if not tests or not all(test for _, test in tests)] == []


def test_every_fault_of_the_screens_has_a_test_and_all_but_one_are_looked_for_in_a_browser() -> None:
    rows = faults_of("screens.md")
    assert list(rows) == [f"F{number}" for number in range(1, 31)]
    assert [fault for fault, tests in rows.items() if not any(test for _, test in tests)] == []
    in_a_browser = {path.name for path in (ROOT / "tests" / "browser").rglob("test_review_*.py")} | {
        EVERY_TEXT
    }
    not_seen = [fault for fault, tests in rows.items() if not in_a_browser & {file for file, _ in tests}]
    assert not_seen == ["F18"]
