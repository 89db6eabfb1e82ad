"""The bill of materials names every package of the runtime lock, in the form of CycloneDX, and the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.stub_wheels import lock_of, needed, product, wheel

from release.bundle import RUNTIME_LOCK
from release.errors import ReleaseError
from release.locks import Pinned, read_lock
from release.sbom import bill_of_materials
from release.wheels import compare_with_lock, read_wheel

OURS = Pinned("fundwatch", "0.1.0", frozenset())


def test_every_package_of_the_runtime_lock_is_a_component() -> None:
    lock = read_lock(RUNTIME_LOCK)
    content = json.loads(bill_of_materials(OURS, lock))
    assert (content["bomFormat"], content["specVersion"], content["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", content["serialNumber"])
    assert content["metadata"]["component"]["purl"] == "pkg:pypi/fundwatch@0.1.0"
    shown = [(part["name"], part["version"], part["type"], part["purl"]) for part in content["components"]]
    assert shown == [
        (each.name, each.version, "library", f"pkg:pypi/{each.name}@{each.version}") for each in lock
    ]
    references = [part["bom-ref"] for part in content["components"]]
    assert len(set(references)) == len(references) > 50


def test_wheels_add_hash_license_and_what_needs_what(tmp_path: Path) -> None:
    own, other = read_wheel(product(tmp_path, "1.0")), read_wheel(needed(tmp_path))
    lock = read_lock(lock_of(tmp_path / "lock", [other.path]))
    content = json.loads(bill_of_materials(Pinned("fundwatch", "1.0", frozenset()), lock, (own, other)))
    [component] = content["components"]
    assert component["hashes"] == [{"alg": "SHA-256", "content": other.sha256}]
    assert component["licenses"] == [{"license": {"name": "MIT License"}}]
    assert content["metadata"]["component"]["licenses"] == [{"expression": "Apache-2.0"}]
    assert content["dependencies"] == [
        {"ref": "pkg:pypi/fundwatch@1.0", "dependsOn": ["pkg:pypi/stub-needs@1.5"]},
        {"ref": "pkg:pypi/stub-needs@1.5", "dependsOn": []},
    ]


def test_the_same_lock_gives_the_same_bytes_and_another_gives_another_number() -> None:
    lock = read_lock(RUNTIME_LOCK)
    assert bill_of_materials(OURS, lock) == bill_of_materials(OURS, lock)
    fewer = json.loads(bill_of_materials(OURS, lock[1:]))
    assert fewer["serialNumber"] != json.loads(bill_of_materials(OURS, lock))["serialNumber"]


def test_wheels_that_the_lock_does_not_allow_are_all_named(tmp_path: Path) -> None:
    right, other = needed(tmp_path / "right"), needed(tmp_path / "other", text="another content")
    lock = read_lock(lock_of(tmp_path / "lock", [right, needed(tmp_path, name="absent")]))
    stray = read_wheel(wheel(tmp_path, "stray", "2", {}))
    compare_with_lock([read_wheel(right), read_wheel(tmp_path / "absent-1.5-py3-none-any.whl")], lock)
    with pytest.raises(ReleaseError) as refused:
        compare_with_lock([read_wheel(other), stray], lock)
    assert str(refused.value).splitlines()[1:] == [
        "  absent: no wheel",
        "  stray: not in the lock",
        "  stub-needs: a file of another content than the lock says",
    ]


def test_what_is_no_wheel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken-1-py3-none-any.whl"
    path.write_text("no archive", encoding="utf-8")
    with pytest.raises(ReleaseError, match="no wheel"):
        read_wheel(path)
