"""What a wheel of fundwatch holds."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from support.paths import ROOT

pytestmark = pytest.mark.slow

PACKAGES = ("features", "models", "detection", "dashboard", "data_samples")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("package", PACKAGES)
def test_type_hints_of_a_package_are_shipped(package: str, shipped: set[str]) -> None:
    assert f"{package}/py.typed" in shipped


@pytest.mark.parametrize("ending", ["*.toml", "*.po", "*.css", "*.svg", "*.md", "*.png"])
def test_files_that_code_reads_are_shipped(ending: str, shipped: set[str]) -> None:
    read = {
        path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob(ending)
    }
    assert read
    assert read <= shipped


def test_nothing_else_is_shipped(shipped: set[str]) -> None:
    tops = {name.split("/")[0] for name in shipped}
    assert {name for name in tops if not name.endswith(".dist-info")} == set(PACKAGES)
