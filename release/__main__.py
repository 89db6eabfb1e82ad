"""Steps of a release, as make runs them: python -m release STEP."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from release.archive import write_sums
from release.bundle import RUNTIME_LOCK, Fonts, Ingredients, assemble
from release.errors import ReleaseError
from release.locks import Pinned, read_lock
from release.sbom import bill_of_materials
from release.signing import refuse_key, sign, verify
from release.wheels import read_wheel, read_wheels


def main(arguments: list[str] | None = None) -> int:
    """Run one step; gives the exit code."""
    given = _parser().parse_args(arguments)
    try:
        _print(_run(given))
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _run(given: argparse.Namespace) -> str:
    """Do a step, and say what was done."""
    if given.step == "bundle":
        fonts = Fonts(given.fonts, given.fonts_license) if given.fonts else None
        ingredients = Ingredients(own=_newest_wheel(given.own), wheels=given.wheels, fonts=fonts)
        archive = assemble(ingredients, given.out, int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
        return f"{archive}: {archive.stat().st_size / 1e6:,.0f} MB"
    if given.step == "sbom":
        own = read_wheel(_newest_wheel(given.own))
        product = Pinned(own.name, own.version, frozenset({own.sha256}))
        wheels = (own, *read_wheels(given.wheels))
        given.out.write_text(bill_of_materials(product, read_lock(RUNTIME_LOCK), wheels), encoding="utf-8")
        return f"{given.out}: {len(wheels)} packages"
    if given.step == "key":
        refuse_key(given.key)
        return f"{given.key}: can sign"
    if given.step == "sign":
        write_sums(given.folder)
        return f"{sign(given.folder, given.key)}: written; publish the public key elsewhere"
    return f"{given.folder}: signed by this key, {verify(given.folder, given.public)} files as they were published"


def _newest_wheel(folder: Path) -> Path:
    """Our wheel in a folder that holds no other.

    Raises:
        ReleaseError: there is none, or there are several.
    """
    wheels = sorted(folder.glob("fundwatch-*.whl"))
    if len(wheels) != 1:
        raise ReleaseError(f"{folder}: {len(wheels)} wheels of fundwatch in place of one; remove the folder")
    return wheels[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("bundle", "sbom"):
        step = steps.add_parser(name)
        step.add_argument("--own", type=Path, required=True, help="folder with our wheel")
        step.add_argument(
            "--wheels", type=Path, required=True, help="folder with the wheels of the runtime lock"
        )
        step.add_argument("--out", type=Path, required=True)
        if name == "bundle":
            step.add_argument("--fonts", type=Path, help="folder with fonts that have Chinese characters")
            step.add_argument("--fonts-license", type=Path, help="their license")
    key = steps.add_parser("key")
    key.add_argument("--key", type=Path, required=True, help="private key, PEM")
    signing = steps.add_parser("sign")
    signing.add_argument("--folder", type=Path, required=True)
    signing.add_argument("--key", type=Path, required=True, help="private key, PEM")
    verifying = steps.add_parser("verify")
    verifying.add_argument("--folder", type=Path, required=True)
    verifying.add_argument("--public", type=Path, required=True, help="the publisher's public key, PEM")
    return parser


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
