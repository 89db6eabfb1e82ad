"""A release is signed with the publisher's key, and what was changed afterwards is named."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from support.paths import DOCS, ROOT

from release.__main__ import main
from release.archive import write_sums
from release.errors import ReleaseError
from release.signing import sign, verify


def commands(heading: str) -> list[list[str]]:
    """The commands of a section of the page on operating, and of no other, for root or the publisher."""
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


VERIFYING, MAKING = commands("Get a release and verify it")[:2], commands("Get a release and verify it")[2:]


def new_key(folder: Path, name: str = "publisher") -> tuple[Path, Path]:
    """A key pair, made by the commands of the page."""
    for words in MAKING:
        renamed = [word.replace("publisher", name) for word in words]
        subprocess.run(renamed, cwd=folder, check=True, capture_output=True)
    return folder / f"{name}.key", folder / f"{name}.pub"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "part").mkdir(parents=True)
    (folder / "fundwatch-1.0.tar.gz").write_bytes(b"source")
    (folder / "part" / "sbom.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_release_is_signed_and_verified_with_a_throw_away_key(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = new_key(tmp_path, "publisher")
    assert main(["key", "--key", str(private)]) == 0
    assert main(["sign", "--folder", str(release), "--key", str(private)]) == 0
    assert main(["verify", "--folder", str(release), "--public", str(public)]) == 0
    assert "2 files as they were published" in capsys.readouterr().out


def test_a_release_is_verified_with_nothing_but_the_commands_of_the_page(
    release: Path, tmp_path: Path
) -> None:
    private, public = new_key(tmp_path)
    write_sums(release)
    sign(release, private)
    shutil.copyfile(public, release / "publisher.pub")
    shown = [
        subprocess.run(words, cwd=release, check=True, capture_output=True, text=True).stdout.splitlines()
        for words in VERIFYING
    ]
    assert shown == [["Verified OK"], ["fundwatch-1.0.tar.gz: OK", "part/sbom.json: OK"]]
    (release / "fundwatch-1.0.tar.gz").write_bytes(b"another")
    assert subprocess.run(VERIFYING[1], cwd=release, capture_output=True, check=False).returncode == 1
    (release / "SHA256SUMS").write_text("", encoding="utf-8")
    assert subprocess.run(VERIFYING[0], cwd=release, capture_output=True, check=False).returncode == 1


def test_the_sums_are_those_of_sha256sum(release: Path) -> None:
    write_sums(release)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=release, capture_output=True, check=True
    )
    assert done.stdout.decode() == "fundwatch-1.0.tar.gz: OK\npart/sbom.json: OK\n"


def test_another_key_a_changed_sum_and_a_changed_file_are_refused(release: Path, tmp_path: Path) -> None:
    private, public = new_key(tmp_path, "publisher")
    _, other = new_key(tmp_path, "other")
    write_sums(release)
    sign(release, private)
    assert verify(release, public) == 2
    with pytest.raises(ReleaseError, match="OpenSSL refuses"):
        verify(release, other)
    (release / "fundwatch-1.0.tar.gz").write_bytes(b"another")
    (release / "part" / "sbom.json").unlink()
    (release / "added").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError) as refused:
        verify(release, public)
    assert str(refused.value).splitlines()[1:] == [
        "  added: not listed",
        "  fundwatch-1.0.tar.gz: changed",
        "  part/sbom.json: missing",
    ]
    write_sums(release)
    with pytest.raises(ReleaseError, match="OpenSSL refuses"):
        verify(release, public)


def test_an_absent_key_an_open_one_and_one_in_the_repository_are_refused(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sums(release)
    assert main(["sign", "--folder", str(release), "--key", str(tmp_path / "absent")]) == 1
    assert "There is no publisher's key" in capsys.readouterr().err
    private, _ = new_key(tmp_path, "publisher")
    private.chmod(0o640)
    with pytest.raises(ReleaseError, match="Others may read"):
        sign(release, private)
    with pytest.raises(ReleaseError, match="lies in the repository"):
        sign(release, ROOT / "LICENSE")
    assert not (release / "SHA256SUMS.sig").exists()


def test_make_release_without_a_key_makes_nothing() -> None:
    done = subprocess.run(["make", "release", "KEY="], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "name the publisher's key" in done.stdout
