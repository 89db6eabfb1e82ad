"""The bundle: everything that a machine without network needs to install fundwatch, in one archive.

It is for the kind of machine and the version of Python that made it: wheels hold compiled code.
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from release.archive import write_archive, write_sums
from release.errors import ReleaseError
from release.locks import Pinned, read_lock
from release.sbom import bill_of_materials
from release.wheels import Wheel, compare_with_lock, read_wheel, read_wheels

ROOT = Path(__file__).parent.parent
RUNTIME_LOCK = ROOT / "requirements-runtime.lock"
DEPLOY = ROOT / "deploy"
_FONT_FILES = (".ttc", ".ttf", ".otf")
_FONT_LICENSE = re.compile(r"SIL Open Font License|\bOFL\b")
_PAGES = (
    "LICENSE",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/operating.md",
    "docs/database.md",
    "docs/security.md",
)


@dataclass(frozen=True)
class Fonts:
    """Fonts with Chinese characters, for PDF files and screens, and their license."""

    folder: Path
    license: Path


@dataclass(frozen=True)
class Ingredients:
    """What a bundle is made of."""

    own: Path
    """Our wheel."""
    wheels: Path
    """Folder with the wheels of the lock, and nothing else."""
    fonts: Fonts | None
    lock: Path = RUNTIME_LOCK


def assemble(ingredients: Ingredients, out: Path, moment: int) -> Path:
    """Put a bundle together and write it as one archive; gives the archive.

    Args:
        ingredients: what it is made of.
        out: folder of the archive; the bundle's own folder is made in it, and replaced.
        moment: time of every file in the archive, in seconds since 1970.

    Raises:
        ReleaseError: wheels and lock differ, or a font is missing or has another license than the Open Font License.
    """
    lock, own, others = (
        read_lock(ingredients.lock),
        read_wheel(ingredients.own),
        read_wheels(ingredients.wheels),
    )
    compare_with_lock(others, lock)
    folder = out / f"{own.name}-{own.version}-bundle"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "wheels").mkdir()
    for wheel in (own, *others):
        shutil.copyfile(wheel.path, folder / "wheels" / wheel.path.name)
    _write_texts(folder, own, others, lock)
    if ingredients.fonts is not None:
        _copy_fonts(ingredients.fonts, folder / "fonts")
    _copy_pages(folder / "pages")
    write_sums(folder)
    archive = out / f"{folder.name}.tar"
    write_archive(folder, archive, moment)
    return archive


def _write_texts(folder: Path, own: Wheel, others: tuple[Wheel, ...], lock: tuple[Pinned, ...]) -> None:
    """What the installer reads: the packages by hash, and for which machine they are; and the bill of materials."""
    wheels = (own, *others)
    requirements = "".join(
        f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n" for wheel in wheels
    )
    (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
    described = {
        "version": own.version,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "machine": platform.machine(),
    }
    text = "".join(f"{name}={value}\n" for name, value in described.items())
    (folder / "BUNDLE").write_text(text, encoding="utf-8")
    product = Pinned(own.name, own.version, frozenset({own.sha256}))
    (folder / "sbom.cdx.json").write_text(bill_of_materials(product, lock, wheels), encoding="utf-8")


def _copy_fonts(fonts: Fonts, out: Path) -> None:
    files = sorted(path for path in fonts.folder.iterdir() if path.suffix.lower() in _FONT_FILES)
    if not files:
        raise ReleaseError(
            f"{fonts.folder}: no fonts; install the package fonts-noto-cjk, or name a folder: FONTS=DIR"
        )
    if not fonts.license.is_file() or not _FONT_LICENSE.search(fonts.license.read_text(encoding="utf-8")):
        raise ReleaseError(
            f"{fonts.license}: not the SIL Open Font License, under which fonts may be passed on; "
            "name other fonts and their license: FONTS=DIR FONTS_LICENSE=FILE"
        )
    out.mkdir()
    for path in files:
        shutil.copyfile(path, out / path.name)
    shutil.copyfile(fonts.license, out / "LICENSE.txt")


def _copy_pages(out: Path) -> None:
    """The pages for whoever installs and operates, and the manual of the screens."""
    out.mkdir()
    for page in _PAGES:
        if (ROOT / page).exists():
            shutil.copyfile(ROOT / page, out / Path(page).name)
    manual = ROOT / "dashboard" / "manual"
    if manual.is_dir():
        shutil.copytree(manual, out / "manual", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
