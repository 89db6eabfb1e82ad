"""The software bill of materials: every package that a release installs, as CycloneDX 1.6 in JSON.

The same lock and wheels give the same bytes: no clock, and a serial number that comes from the content.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from release.locks import Pinned
from release.wheels import Wheel

SPECIFICATION = "1.6"


def bill_of_materials(product: Pinned, lock: Sequence[Pinned], wheels: Sequence[Wheel] = ()) -> str:
    """The bill of materials as JSON text.

    Args:
        product: ourselves, with the hash of our wheel if there is one.
        lock: packages of the runtime lock.
        wheels: files of these packages, if at hand: they add hash, license and what needs what.
    """
    by_name = {wheel.name: wheel for wheel in wheels}
    names = {product.name} | {package.name for package in lock}
    content: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {"component": _component(product, by_name.get(product.name), kind="application")},
        "components": [_component(package, by_name.get(package.name)) for package in lock],
    }
    if wheels:
        versions = {package.name: package for package in (product, *lock)}
        content["dependencies"] = [
            {
                "ref": _purl(versions[name]),
                "dependsOn": [_purl(versions[other]) for other in by_name[name].requires if other in names],
            }
            for name in sorted(names & by_name.keys())
        ]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return json.dumps({"serialNumber": f"urn:uuid:{serial}", **content}, indent=1, ensure_ascii=False) + "\n"


def _purl(package: Pinned) -> str:
    """The package's address that names no host (package-url)."""
    return f"pkg:pypi/{package.name}@{package.version}"


def _component(package: Pinned, wheel: Wheel | None, kind: str = "library") -> Mapping[str, object]:
    component: dict[str, object] = {
        "type": kind,
        "bom-ref": _purl(package),
        "name": package.name,
        "version": package.version,
        "purl": _purl(package),
    }
    if wheel is not None:
        component["hashes"] = [{"alg": "SHA-256", "content": wheel.sha256}]
        if wheel.license:
            component["licenses"] = [_license(wheel.license)]
    return component


def _license(stated: str) -> Mapping[str, object]:
    """An SPDX expression where it is one, else the name as the package gives it."""
    try:
        return {"expression": canonicalize_license_expression(stated)}
    except InvalidLicenseExpression:
        return {"license": {"name": stated}}
