"""A bundle holds wheels by hash, fonts with their license, services and pages, and is the same each time."""

from __future__ import annotations

import configparser
import shlex
import tarfile
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from support.stub_wheels import lock_of, needed, product
from typer.main import get_command

from detection.cli import app
from release.bundle import Fonts, Ingredients, assemble
from release.errors import ReleaseError

SERVICES = ROOT / "deploy" / "service"
GROUP: Any = get_command(app)


def ingredients(
    folder: Path, version: str = "1.0", license_text: str = "SIL Open Font License"
) -> Ingredients:
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    (fonts / "Serif.ttc").write_bytes(b"shapes")
    (fonts / "README").write_text("no font", encoding="utf-8")
    (folder / "license").write_text(license_text, encoding="utf-8")
    other = needed(folder / "wheels")
    return Ingredients(
        own=product(folder / version, version),
        wheels=other.parent,
        fonts=Fonts(fonts, folder / "license"),
        lock=lock_of(folder / "lock", [other]),
    )


def test_the_same_parts_give_the_same_archive(tmp_path: Path) -> None:
    parts = ingredients(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = (assemble(parts, tmp_path / name, 1_700_000_000) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_what_a_bundle_holds(tmp_path: Path) -> None:
    archive = assemble(ingredients(tmp_path), tmp_path, 1_700_000_000)
    with tarfile.open(archive) as content:
        members = {item.name.partition("/")[2]: item for item in content.getmembers()}
        sums = content.extractfile("fundwatch-1.0-bundle/SHA256SUMS")
        assert sums is not None
        listed = {line.split("  ")[1] for line in sums.read().decode().splitlines()}
    files = {name for name, item in members.items() if item.isfile()}
    assert files - {"SHA256SUMS"} == listed
    assert {
        "install.sh", "upgrade.sh", "rollback.sh", "BUNDLE", "requirements.txt", "sbom.cdx.json",
        "wheels/fundwatch-1.0-py3-none-any.whl", "wheels/stub_needs-1.5-py3-none-any.whl",
        "fonts/Serif.ttc", "fonts/LICENSE.txt", "pages/LICENSE",
        "service/fundwatch-dashboard.service", "service/fundwatch-run.timer", "service/nginx.conf",
    } <= files  # fmt: skip
    assert "fonts/README" not in files
    assert {item.mtime for item in members.values()} == {1_700_000_000}
    assert {item.uname for item in members.values()} == {"root"}


def test_fonts_under_another_license_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not the SIL Open Font License"):
        assemble(ingredients(tmp_path, license_text="GNU General Public License"), tmp_path, 0)
    parts = ingredients(tmp_path)
    (tmp_path / "fonts" / "Serif.ttc").unlink()
    with pytest.raises(ReleaseError, match="no fonts"):
        assemble(parts, tmp_path, 0)


class Units(configparser.RawConfigParser):
    """A reader of unit files: names keep their case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(name: str) -> Units:
    parser = Units(strict=False)
    parser.read(SERVICES / name, encoding="utf-8")
    return parser


def test_services_call_commands_with_their_options_and_settings() -> None:
    settings = (SERVICES / "fundwatch.env").read_text(encoding="utf-8")
    started = unit("fundwatch-dashboard.service")["Service"]["ExecStart"]
    scripts = (SERVICES / "monthly.sh").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in scripts.splitlines() if line.strip().startswith('"$program"')]
    calls = [shlex.split(line)[1:] for line in [started, *lines]]
    assert [call[0] for call in calls] == ["dashboard", "doctor", "backup", "verify", "run", "audit"]
    for verb, *rest in calls:
        command = GROUP.commands[verb]
        if verb == "audit":
            command, rest = command.commands[rest[0]], rest[1:]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known
    used = {word.strip('$"{}') for call in calls for word in call if word.startswith(("$FUND", "${"))}
    assert len(used) >= 5
    assert {
        name for name in used if f"\n{name}=" not in settings and not settings.startswith(f"{name}=")
    } == set()


@pytest.mark.parametrize("name", ["fundwatch-dashboard.service", "fundwatch-run.service"])
def test_services_run_as_a_user_of_their_own_without_network(name: str) -> None:
    service = unit(name)["Service"]
    assert service["User"] == "fundwatch"
    assert service["IPAddressDeny"] == "any"
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["UMask"]) == (
        "yes",
        "strict",
        "0077",
    )
