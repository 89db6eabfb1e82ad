"""A bundle that names no version, or one that is no name of a folder, removes nothing and installs nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from release.archive import write_sums


@pytest.mark.parametrize(
    "line", ["", "version=", "version=..", "version=../versions", "version=1.0\nversion=2.0"]
)
@pytest.mark.parametrize("script", ["install.sh", "upgrade.sh"])
def test_a_bundle_without_a_version_leaves_all_versions(script: str, line: str, tmp_path: Path) -> None:
    folder, prefix = tmp_path / "bundle", tmp_path / "opt"
    folder.mkdir()
    for name in ("lib.sh", "install.sh", "upgrade.sh"):
        shutil.copy(ROOT / "deploy" / name, folder)
    (folder / "BUNDLE").write_text(f"{line}\npython=3.11\nmachine=x86_64\n", encoding="utf-8")
    write_sums(folder)
    kept = prefix / "versions" / "0.9" / "kept"
    kept.parent.mkdir(parents=True)
    kept.write_text("in use", encoding="utf-8")
    (prefix / "current").symlink_to("versions/0.9")
    words = ["--prefix", str(prefix), "--python", sys.executable]
    if script == "upgrade.sh":
        words += ["--workspace", str(tmp_path / "ws"), "--backups", str(tmp_path / "backups")]
    done = subprocess.run(
        ["sh", str(folder / script), *words],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "BUNDLE names no version" in done.stderr
    assert kept.read_text(encoding="utf-8") == "in use"
    assert sorted(path.name for path in (prefix / "versions").iterdir()) == ["0.9"]
    assert not (tmp_path / "backups").exists()
