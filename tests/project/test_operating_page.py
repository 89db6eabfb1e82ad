"""The page on operating is true: its commands run in their order, and what root does names files that are there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from support.paths import DOCS, ROOT
from support.signing_in import PASSWORD
from typer.testing import CliRunner

from detection.cli import app

PAGE = (DOCS / "operating.md").read_text(encoding="utf-8")
RULES = """[evidence_months]
value = 60
unit = "months"
source = "Order 7 of 2026"
from = 2026-01-01
"""
SHARE = "/opt/fundwatch/current/share/fundwatch/"


def blocks(kind: str) -> list[str]:
    """Lines of the page's blocks of a kind."""
    return [
        line
        for block in re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def run(line: str) -> tuple[int, str]:
    """Run a command of the page in this folder; a file after ``<`` is its standard input."""
    words = shlex.split(line)
    given = None
    if "<" in words:
        at = words.index("<")
        given, words = Path(words[at + 1]).read_text(encoding="utf-8"), words[:at] + words[at + 2 :]
    assert words[0] == "fundwatch"
    done = CliRunner().invoke(app, words[1:], input=given)
    return done.exit_code, done.output


def test_the_commands_run_in_the_order_of_the_page(
    small_city: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(finished, "ws")
    Path("incoming").symlink_to(small_city)
    Path("districts.csv").write_text("code,name\n320602,崇川\n", encoding="utf-8")
    Path("password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    Path("retention.toml").write_text(RULES, encoding="utf-8")
    for name in ("backups", "keys"):
        Path(name).mkdir()
    commands = list(dict.fromkeys(blocks("bash")))  # what stands twice is run once
    assert len(commands) > 20
    verbs = {shlex.split(line)[1] for line in commands}
    assert verbs >= {
        "doctor",
        "run",
        "user",
        "backup",
        "restore",
        "verify",
        "purge",
        "audit",
        "secure",
        "key",
    }
    failed = [(line, output) for line in commands for code, output in [run(line)] if code != 0]
    assert failed == []
    assert Path("restored", "store.sqlite").is_file()


def test_the_rules_of_the_page_are_those_that_are_tested() -> None:
    assert re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) == [RULES]


def test_what_root_does_names_services_scripts_and_options_that_are_there() -> None:
    lines = blocks("sh")
    text = "\n".join(lines)
    shared = re.findall(rf"{SHARE}(\S+)", text)
    assert len(shared) >= 6
    assert [name for name in shared if not (ROOT / "deploy" / name).is_file()] == []
    units = set(re.findall(r"\bfundwatch-\w+\.(?:service|timer)\b", PAGE))
    assert units == {path.name for path in (ROOT / "deploy" / "service").glob("fundwatch-*.*")}
    scripts = [(Path(shlex.split(line)[1]).name, line) for line in lines if line.startswith("sh ")]
    assert {name for name, _ in scripts} == {"install.sh", "upgrade.sh", "rollback.sh"}
    for name, line in scripts:
        options = set(re.findall(r"--[a-z-]+", line))
        script = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        assert options
        assert [option for option in options if f"        {option}) " not in script] == []


def test_a_run_is_stopped_with_its_timer_and_both_services_reach_a_database() -> None:
    stops = [line for line in blocks("sh") if line.startswith("systemctl stop")]
    assert len(stops) >= 2
    units = {path.name for path in (ROOT / "deploy" / "service").glob("fundwatch-*.*")}
    assert [set(line.split()[2:]) for line in stops] == [units] * len(stops)
    services = sorted(name for name in units if name.endswith(".service"))
    assert sorted(set(re.findall(r"`systemctl edit (\S+)`", PAGE))) == services


def test_the_shell_of_the_account_has_the_settings_of_the_services() -> None:
    [shell] = [line for line in blocks("sh") if line.startswith("systemd-run")]
    file = "EnvironmentFile=/etc/fundwatch/fundwatch.env"
    assert f"--property={file}" in shlex.split(shell)
    for service in (ROOT / "deploy" / "service").glob("*.service"):
        assert f"\n{file}\n" in service.read_text(encoding="utf-8")


def test_the_targets_of_the_page_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)", PAGE))
    assert targets == {"release", "verify-release", "bundle", "bundle-test"}
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


def test_the_tests_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", PAGE))
    assert len(named) >= 2
    for file, test in named:
        paths = list((ROOT / "tests").rglob(file))
        assert len(paths) == 1, file
        assert f"def {test}(" in paths[0].read_text(encoding="utf-8") or not test, test
