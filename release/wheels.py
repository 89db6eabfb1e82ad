"""Wheels: which package a file is, what its metadata say, and whether a lock allows it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from release.errors import ReleaseError
from release.locks import Pinned

_OSI = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Wheel:
    """One wheel file and what its metadata say."""

    path: Path
    name: str
    version: str
    sha256: str
    license: str
    """SPDX expression, or the name that the package gives to its license; empty where it says nothing."""
    requires: tuple[str, ...]
    """Names of the packages that it needs here, without extras."""


def read_wheel(path: Path) -> Wheel:
    """The wheel at a path.

    Raises:
        ReleaseError: the file is no wheel, or has no metadata.
    """
    try:
        name, version, _, _ = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as archive:
            (place,) = (
                each
                for each in archive.namelist()
                if each.endswith(".dist-info/METADATA") and each.count("/") == 1
            )
            metadata = Parser().parsestr(archive.read(place).decode("utf-8"))
    except (ValueError, zipfile.BadZipFile) as error:
        raise ReleaseError(f"{path}: no wheel; remove it and make the bundle again") from error
    return Wheel(path, name, str(version), digest(path), _license(metadata), _requires(metadata))


def read_wheels(folder: Path) -> tuple[Wheel, ...]:
    """The wheels of a folder, by name."""
    return tuple(sorted((read_wheel(path) for path in folder.glob("*.whl")), key=lambda wheel: wheel.name))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def compare_with_lock(wheels: Iterable[Wheel], lock: Sequence[Pinned]) -> None:
    """Compare wheels with a lock.

    Raises:
        ReleaseError: a package of the lock has no wheel, a wheel is of no package of the lock, or has another version
            or hash. All are named.
    """
    pinned = {package.name: package for package in lock}
    present = {wheel.name: wheel for wheel in wheels}
    faults = [f"{name}: no wheel" for name in pinned.keys() - present.keys()]
    faults += [f"{name}: not in the lock" for name in present.keys() - pinned.keys()]
    for name in pinned.keys() & present.keys():
        wheel, package = present[name], pinned[name]
        if wheel.version != package.version:
            faults.append(f"{name}: {wheel.version} in place of {package.version}")
        elif wheel.sha256 not in package.hashes:
            faults.append(f"{name}: a file of another content than the lock says")
    if faults:
        raise ReleaseError("Wheels and lock differ:\n" + "\n".join(f"  {fault}" for fault in sorted(faults)))


def _license(metadata: Message) -> str:
    stated = str(metadata.get("License-Expression", ""))
    classifiers = [str(text) for text in metadata.get_all("Classifier", [])]
    named = [text.removeprefix(_OSI) for text in classifiers if text.startswith(_OSI)]
    short = str(metadata.get("License", "")).strip()
    return stated or " OR ".join(named) or (short if "\n" not in short else "")


def _requires(metadata: Message) -> tuple[str, ...]:
    needs = [Requirement(str(text)) for text in metadata.get_all("Requires-Dist", [])]
    here = (need for need in needs if need.marker is None or need.marker.evaluate({"extra": ""}))
    return tuple(sorted({canonicalize_name(need.name) for need in here}))
