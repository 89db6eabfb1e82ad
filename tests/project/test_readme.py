"""The README is true: its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from typer.main import get_command
from typer.testing import CliRunner

from detection.cli import app
from detection.detectors.catalogue import catalogue

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = set(
    re.findall(
        r'^    "([a-z]+\.md)": ', (ROOT / "docs" / "site" / "hooks.py").read_text(encoding="utf-8"), re.M
    )
)
"""Pages that the site's builder writes: no files of the repository."""
GROUP: Any = get_command(app)  # a group: its commands are its own
VERBS = sorted(GROUP.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert "detectors.md" in WRITTEN
    missing = [link for link in local if not (page.parent / link).exists()]
    assert [link for link in missing if page.parent.name != "docs" or link not in WRITTEN] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme_and_teaches(verb: str) -> None:
    assert re.search(rf"`[^`]*\b{verb}\b[^`]*`", (ROOT / "README.md").read_text(encoding="utf-8"))
    shown = CliRunner().invoke(app, [verb, "--help"], terminal_width=200)
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 8


def test_the_commands_of_the_readme_are_commands() -> None:
    commands = re.findall(r"bin/fundwatch ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(commands) == {"doctor", "run", "user", "dashboard"}
    assert set(commands) <= set(VERBS)


def test_every_typology_that_the_readme_names_has_a_detector() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bD\d\d\b", readme))
    assert len(named) > 10
    assert named <= {detector.card.catalogue for detector in catalogue().values()}


def test_make_help_lists_every_target_with_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    assert targets >= {"setup", "demo", "test", "check", "coverage", "docs", "bench"}
    assert targets == set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = dict(re.findall(r"^  make ([\w-]+) +(.+)$", shown, re.MULTILINE))
    assert set(listed) == targets


def test_make_help_knows_names_with_a_hyphen_and_digits(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (tmp_path / "Makefile").write_text(makefile + "\nnew-rule-2: ## a made-up target\n", encoding="utf-8")
    shown = subprocess.run(["make", "help"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert re.search(r"^  make new-rule-2 +a made-up target$", shown, re.MULTILINE)
