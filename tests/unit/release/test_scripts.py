"""The scripts of a bundle: install without network, upgrade with a backup, roll back. A stub stands for fundwatch."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.stub_wheels import lock_of, needed, product

from release.archive import write_sums
from release.bundle import Fonts, Ingredients, assemble

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Machine:
    """A machine's folders: where fundwatch is installed, and the workspace."""

    folder: Path

    @property
    def prefix(self) -> Path:
        return self.folder / "opt"

    @property
    def workspace(self) -> Path:
        return self.folder / "ws"

    def run(self, script: Path, **options: Path | str) -> subprocess.CompletedProcess[str]:
        """Start a script with options; no index, and no settings that name one."""
        words = [
            str(word) for name, value in options.items() for word in (f"--{name.replace('_', '-')}", value)
        ]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        return subprocess.run(
            ["sh", str(script), "--prefix", str(self.prefix), *words],
            capture_output=True, text=True, check=False, env={**clean, "LANG": "C.UTF-8"},
        )  # fmt: skip

    def version(self) -> str:
        program = self.prefix / "current" / "bin" / "fundwatch"
        shown = subprocess.run([str(program), "show"], capture_output=True, text=True, check=True).stdout
        return shown.strip()


def bundle(folder: Path, version: str) -> Path:
    """An unpacked bundle of a version of the stub."""
    parts = folder / version
    other = needed(parts / "wheels")
    (parts / "fonts").mkdir()
    (parts / "fonts" / "Serif.ttc").write_bytes(b"shapes")
    (parts / "license").write_text("SIL Open Font License", encoding="utf-8")
    ingredients = Ingredients(
        own=product(parts, version),
        wheels=other.parent,
        fonts=Fonts(parts / "fonts", parts / "license"),
        lock=lock_of(parts / "lock", [other]),
    )
    archive = assemble(ingredients, parts, 0)
    with tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
    return folder / archive.stem


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("old"), "1.0")


@pytest.fixture(scope="module")
def machine(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which the old version was installed."""
    folder = tmp_path_factory.mktemp("machine")
    made = Machine(folder)
    done = made.run(old / "install.sh", python=sys.executable, fonts_dir=folder / "fonts")
    assert done.returncode == 0, done.stderr
    made.workspace.mkdir()
    (made.workspace / "state").write_text("state of the old version", encoding="utf-8")
    return made


def test_a_bundle_is_installed_from_its_folder_alone(machine: Machine) -> None:
    assert machine.version() == "show by 1.0 on needs"
    assert (machine.folder / "fonts" / "Serif.ttc").read_bytes() == b"shapes"
    share = machine.prefix / "current" / "share" / "fundwatch"
    assert (share / "service" / "fundwatch-dashboard.service").is_file()
    assert (share / "rollback.sh").is_file()


def test_a_version_is_not_installed_twice(machine: Machine, old: Path) -> None:
    again = machine.run(old / "install.sh", python=sys.executable, fonts_dir=machine.folder / "fonts")
    assert again.returncode == 1
    assert "is installed in" in again.stderr


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("changed", "The bundle is damaged"),
        ("added", "not listed in SHA256SUMS"),
        ("python", "the bundle is for 2.7"),
    ],
)
def test_a_bundle_that_is_not_whole_or_not_for_this_python_changes_nothing(
    damage: str, words: str, tmp_path: Path
) -> None:
    folder = bundle(tmp_path, "1.0")
    if damage == "changed":
        (folder / "requirements.txt").write_text("", encoding="utf-8")
    elif damage == "added":
        (folder / "wheels" / "stray.whl").write_text("", encoding="utf-8")
    else:
        described = (folder / "BUNDLE").read_text(encoding="utf-8").splitlines()
        (folder / "BUNDLE").write_text(f"{described[0]}\npython=2.7\n{described[2]}\n", encoding="utf-8")
        write_sums(folder)
    machine = Machine(tmp_path)
    done = machine.run(folder / "install.sh", python=sys.executable, fonts_dir=tmp_path / "fonts_of_machine")
    assert done.returncode == 1
    assert words in done.stderr
    assert not machine.prefix.exists()


def test_an_unknown_option_is_refused_also_in_chinese(old: Path) -> None:
    for script in ("install.sh", "upgrade.sh", "rollback.sh"):
        done = subprocess.run(
            ["sh", str(old / script), "--unknown", "x"],
            capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
        )  # fmt: skip
        assert done.returncode == 1
        assert "没有选项 --unknown" in done.stderr


def test_an_upgrade_saves_the_workspace_first_and_is_rolled_back(machine: Machine, tmp_path: Path) -> None:
    new = bundle(tmp_path, "2.0")
    backups, keys = machine.folder / "backups", machine.folder / "keys"
    places = {"workspace": machine.workspace, "backups": backups, "fonts_dir": machine.folder / "fonts"}
    together = machine.run(new / "upgrade.sh", **places, keys=backups)
    assert "The key must not lie with the backups" in together.stderr
    done = machine.run(new / "upgrade.sh", **places, keys=keys, python=sys.executable)
    assert done.returncode == 0, done.stderr
    assert machine.version() == "show by 2.0 on needs"
    assert (backups / "before-2.0.tar").read_text(encoding="utf-8") == "state of the old version"
    (machine.workspace / "state").write_text("state of the new version", encoding="utf-8")

    back = machine.run(
        machine.prefix / "current" / "share" / "fundwatch" / "rollback.sh",
        workspace=machine.workspace, archive=backups / "before-2.0.tar", key=keys / "before-2.0.key",
    )  # fmt: skip
    assert back.returncode == 0, back.stderr
    assert machine.version() == "show by 1.0 on needs"
    assert (machine.workspace / "state").read_text(encoding="utf-8") == "state of the old version"
    aside = machine.folder / "ws.of-2.0" / "state"
    assert aside.read_text(encoding="utf-8") == "state of the new version"


def test_an_upgrade_without_a_backup_changes_nothing(machine: Machine, tmp_path: Path) -> None:
    new = bundle(tmp_path, "3.0")
    before = machine.version()
    done = machine.run(
        new / "upgrade.sh", workspace=tmp_path / "absent", backups=tmp_path / "backups", python=sys.executable
    )
    assert done.returncode != 0
    assert machine.version() == before
    assert not (machine.prefix / "versions" / "3.0").exists()
