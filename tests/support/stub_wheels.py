"""Wheels that are made in a moment: a product of few lines in place of fundwatch, and a package that it needs."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PRODUCT = """
import shutil, sys
from pathlib import Path
import stub_needs

VERSION = "{version}"

def main():
    command, *rest = sys.argv[1:]
    given = dict(zip(rest[::2], rest[1::2])) if "--without-key" not in rest else dict(zip(rest[:-1:2], rest[1:-1:2]))
    if command == "backup":
        shutil.copyfile(Path(given["--workspace"]) / "state", given["--out"])
        if "--key-out" in given:
            Path(given["--key-out"]).write_text("key")
    elif command == "restore":
        Path(given["--workspace"]).mkdir()
        shutil.copyfile(given["--archive"], Path(given["--workspace"]) / "state")
    elif command == "verify":
        place = given.get("--archive") or Path(given["--workspace"]) / "state"
        sys.exit(0 if Path(place).read_text().startswith("state of") else 6)
    print(f"{{command}} by {{VERSION}} on {{stub_needs.NAME}}")
"""
"""A program that keeps a workspace of one file, as far as the scripts of a bundle call it."""


def wheel(
    folder: Path,
    name: str,
    version: str,
    files: Mapping[str, str],
    *,
    requires: Sequence[str] = (),
    metadata: Sequence[str] = (),
    program: str = "",
) -> Path:
    """Write a wheel of pure Python into a folder; gives its path.

    Args:
        folder: where.
        name: of the package.
        version: its version.
        files: texts by path.
        requires: what it needs.
        metadata: further lines, as ``License-Expression: MIT``.
        program: its command, as ``name = module:function``.
    """
    stem = f"{name.replace('-', '_')}-{version}"
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *metadata]
    lines += [f"Requires-Dist: {each}" for each in requires]
    content = dict(files)
    content[f"{stem}.dist-info/METADATA"] = "\n".join(lines) + "\n"
    content[f"{stem}.dist-info/WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    if program:
        content[f"{stem}.dist-info/entry_points.txt"] = f"[console_scripts]\n{program}\n"
    content[f"{stem}.dist-info/RECORD"] = "".join(f"{path},,\n" for path in content)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for place, text in content.items():
            archive.writestr(zipfile.ZipInfo(place), text)
    return path


def product(folder: Path, version: str) -> Path:
    """A wheel that stands for ours."""
    return wheel(
        folder,
        "fundwatch",
        version,
        {"stub_product.py": PRODUCT.format(version=version)},
        requires=["stub-needs>=1", "pytest>=9 ; extra == 'dev'"],
        metadata=["License-Expression: Apache-2.0"],
        program="fundwatch = stub_product:main",
    )


def needed(folder: Path, name: str = "stub-needs", text: str = "needs") -> Path:
    """A wheel that the product needs."""
    classifier = "Classifier: License :: OSI Approved :: MIT License"
    return wheel(folder, name, "1.5", {"stub_needs.py": f"NAME = {text!r}\n"}, metadata=[classifier])


def lock_of(path: Path, wheels: Sequence[Path]) -> Path:
    """Write a lock of wheels."""
    entries = []
    for each in wheels:
        name, version = each.name.split("-")[:2]
        digest = hashlib.sha256(each.read_bytes()).hexdigest()
        entries.append(f"{name.replace('_', '-')}=={version} \\\n    --hash=sha256:{digest}\n")
    path.write_text("".join(entries), encoding="utf-8")
    return path
