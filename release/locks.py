"""The lock files: each package with its version and the hashes of its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from release.errors import ReleaseError

_HASH = "--hash=sha256:"


@dataclass(frozen=True)
class Pinned:
    """One package of a lock."""

    name: str
    version: str
    hashes: frozenset[str]
    """SHA-256 of every file of this version that may be installed, in hexadecimal digits."""


def read_lock(path: Path) -> tuple[Pinned, ...]:
    """The packages of a lock file, in its order.

    Raises:
        ReleaseError: a line is neither a package with its exact version nor a hash, or a package has no hash.
    """
    packages: list[Pinned] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.rstrip("\\").strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith(_HASH) and packages:
            last = packages[-1]
            packages[-1] = Pinned(last.name, last.version, last.hashes | {text.removeprefix(_HASH)})
        elif text.count("==") == 1 and " " not in text:
            name, _, version = text.partition("==")
            packages.append(Pinned(canonicalize_name(name), version, frozenset()))
        else:
            raise ReleaseError(
                f"{path.name}:{number}: neither NAME==VERSION nor a hash; write it with: make lock"
            )
    if bare := [package.name for package in packages if not package.hashes]:
        raise ReleaseError(f"{path.name}: no hash of {', '.join(bare)}; write it again with: make lock")
    return tuple(packages)
