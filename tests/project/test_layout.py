"""The project keeps its promises: packages, names, and nothing that names a machine."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.paths import ROOT
from support.words import PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours_and_no_other_distribution_claims_its_name(package: str) -> None:
    code = f"import {package}; print({package}.__file__)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert Path(printed.strip()).parent == ROOT / package
    claims = importlib.metadata.packages_distributions().get(package, [])
    assert set(claims) <= {"fundwatch"}


def test_no_file_of_the_dashboard_bears_a_packages_name() -> None:
    names = {path.stem for path in (ROOT / "dashboard").iterdir()}
    assert not names & {*PACKAGES, "tests"}


def test_no_folder_of_tests_is_a_package() -> None:
    """Folders of tests bear the names of our packages, and would hide them; builders may be packages that say why."""
    tests = ROOT / "tests"
    folders = {parent for path in tests.rglob("test_*.py") for parent in path.parents}
    packages = list(tests.rglob("__init__.py"))
    assert tests in folders
    assert not [path for path in packages if path.parent in folders]
    assert not [path for path in packages if not path.read_text(encoding="utf-8").startswith('"""')]


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys\nfrom detection.cli import app\nfrom typer.testing import CliRunner\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "heavy = {'polars', 'pandas', 'numpy', 'sklearn', 'scipy', 'mlflow', 'streamlit', 'sqlalchemy', 'networkx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def test_the_lock_names_versions_and_hashes_and_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    packages = [line for line in lock.splitlines() if "==" in line]
    hashed = [line for line in lock.splitlines() if "--hash=sha256:" in line]
    assert len(hashed) >= len(packages) > 50


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {
        line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line
    }
    names = {entry.split(">")[0].split("=")[0].strip() for entry in declared}
    assert names <= locked


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', "'''"))
    ]
    assert silent == []


def test_words_of_a_verdict_stand_on_no_screen() -> None:
    """An alert is not a verdict; these words are for courts."""
    banned = ("fraudster", "fraudulent", "proven", "骗保", "欺诈", "诈骗")
    shown = [*(ROOT / "dashboard").rglob("*.po"), *(ROOT / "detection").rglob("*.toml")]
    matches = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in shown
        for word in banned
        if word
        in "".join(
            line
            for line in path.read_text(encoding="utf-8").lower().splitlines(True)
            if "instrument" not in line
        )
    ]
    assert matches == []
