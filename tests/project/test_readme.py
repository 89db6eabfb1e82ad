"""The README is true: its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from typer.main import get_command
from typer.testing import CliRunner

from detection.cli import app
from detection.detectors.catalogue import catalogue

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GROUP: Any = get_command(app)  # a group: its commands are its own
VERBS = sorted(GROUP.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme_and_teaches(verb: str) -> None:
    assert re.search(rf"`[^`]*\b{verb}\b[^`]*`", (ROOT / "README.md").read_text(encoding="utf-8"))
    shown = CliRunner().invoke(app, [verb, "--help"], terminal_width=200)
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 8


def test_the_commands_of_the_readme_are_commands() -> None:
    said = re.findall(r"bin/fundwatch ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(said) == {"run", "dashboard"}
    assert set(said) <= set(VERBS)


def test_every_typology_of_the_catalogue_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    numbers = {one.card.catalogue for one in catalogue().values() if one.card.kind != "model"}
    assert [number for number in sorted(numbers) if number not in readme] == []


def test_the_makefile_says_what_each_target_does() -> None:
    targets = re.findall(r"^([a-z]+):(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {name for name, _ in targets} >= {"setup", "demo", "test", "check", "bench"}
    assert [name for name, rest in targets if "##" not in rest] == []
