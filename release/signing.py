"""The publisher's signature on the sums of a release, by OpenSSL, which every Linux has.

The key is an RSA or EC key in a PEM file, outside the repository and its owner's alone:

    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out publisher.key
    openssl pkey -in publisher.key -pubout -out publisher.pub
"""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

from release.archive import SIGNATURE, SUMS
from release.errors import ReleaseError
from release.wheels import digest

_ROOT = Path(__file__).parent.parent
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def sign(folder: Path, key: Path) -> Path:
    """Sign the sums of a release; gives the signature's file.

    Raises:
        ReleaseError: no key, a key that others may read or that lies in the repository, no sums, or OpenSSL refuses.
    """
    refuse_key(key)
    sums, signature = folder / SUMS, folder / SIGNATURE
    if not sums.is_file():
        raise ReleaseError(
            f"{folder}: there is no {SUMS} to sign; make the release first: make release KEY=FILE"
        )
    _openssl("dgst", "-sha256", "-sign", str(key), "-out", str(signature), str(sums))
    return signature


def refuse_key(key: Path) -> None:
    """Refuse a key that cannot be used safely.

    Raises:
        ReleaseError: it is absent, it lies in the repository, or others may read it.
    """
    if not key.is_file():
        raise ReleaseError(f"There is no publisher's key at {key}; name its file: KEY=FILE")
    if key.resolve().is_relative_to(_ROOT):
        raise ReleaseError(f"The publisher's key {key} lies in the repository; keep it elsewhere")
    if key.stat().st_mode & _OTHERS:
        raise ReleaseError(f"Others may read the publisher's key {key}; close it: chmod 600 {key}")


def verify(folder: Path, public: Path) -> int:
    """Verify the signature on the sums, and every file by its sum; gives how many files.

    Raises:
        ReleaseError: the signature is not that of the key, or a file is missing, changed or added.
    """
    sums, signature = folder / SUMS, folder / SIGNATURE
    for needed in (public, sums, signature):
        if not needed.is_file():
            raise ReleaseError(f"There is no file {needed}; a signed release has {SUMS} and {SIGNATURE}")
    _openssl("dgst", "-sha256", "-verify", str(public), "-signature", str(signature), str(sums))
    lines = sums.read_text(encoding="utf-8").splitlines()
    listed = {name: value for value, _, name in (line.partition("  ") for line in lines)}
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    present = {name: path for name, path in present.items() if name not in {SUMS, SIGNATURE}}
    faults = [f"{name}: missing" for name in listed.keys() - present.keys()]
    faults += [f"{name}: not listed" for name in present.keys() - listed.keys()]
    faults += [
        f"{name}: changed" for name in listed.keys() & present.keys() if digest(present[name]) != listed[name]
    ]
    if faults:
        raise ReleaseError(
            "Do not install this release:\n" + "\n".join(f"  {fault}" for fault in sorted(faults))
        )
    return len(listed)


def _openssl(*arguments: str) -> None:
    program = os.environ.get("OPENSSL", "openssl")
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ReleaseError("OpenSSL is not installed; install the package openssl") from error
    if done.returncode:
        raise ReleaseError(f"OpenSSL refuses: {(done.stderr or done.stdout).strip()}")
