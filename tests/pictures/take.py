"""Pictures of every page in both languages, and the compressed ones of the README and of the manual.

    python tests/pictures/take.py [--workspace DIR] [--out build/pictures] [--readme docs/screens] [--only-kept]

``--only-kept`` takes no others than those of the README and the manual.

Without a workspace, a small city is simulated and run in the folder of the pictures, once.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from support.page_addresses import page_addresses, pictured_alerts
from support.screens import launch, server, settle, wait_for_charts
from support.worked import work

import dashboard.manual
from dashboard.wording import LANGUAGES
from data_samples.city import simulate
from detection.accounts.demo import record_current_data
from detection.run.pipeline import RunRequest, run
from features.workspace import open_workspace

README = {
    "home-zh": "home",
    "alerts-en": "alerts",
    "alert-zh": "alert",
    "institution-en": "institution",
    "fund-risk-en": "fund_risk",
    "family-zh": "family",
}
"""Pages of the pictures that the README shows, by name, which ends with the language."""
MANUAL = {f"{name}-zh": name for name in ("home", "alert", "family", "alerts", "packets", "audit")}
"""Pages of the pictures that the manual shows, likewise."""
_MANUAL_FOLDER = Path(dashboard.manual.__file__).parent / "pictures"
_PERSONS, _MONTHS, _SEED, _AREA, _NOW = 5_000, 18, 7, "320600", "2024-07-01T08:00:00"
_MOST_BYTES = 300_000
_COLORS = 128  # flat screens need no more, and the files stay small


def city(folder: Path) -> Path:
    """The workspace of a run city in a folder; a run that is there already is used again."""
    data, workspace = folder / "city", folder / "workspace"
    if not (workspace / "runs").exists():
        shutil.rmtree(data, ignore_errors=True)
        simulate(data, persons=_PERSONS, months=_MONTHS, seed=_SEED, area=_AREA)
        run(RunRequest(data=data, workspace=workspace, area=_AREA, now=_NOW, profile="illustrative"))
        record_current_data(open_workspace(workspace))  # a demo is shown without a sign-in
        work(workspace)
    return workspace


def taken(page: Page, address: str) -> bytes:
    """A complete page as a PNG.

    Raises:
        ValueError: the page has an error in place of its content.
    """
    page.goto(address)
    settle(page)
    wait_for_charts(page)
    if page.locator('[data-testid="stException"]').count():
        raise ValueError(f"a page has an error: {address}")
    return page.screenshot()


def compressed(picture: bytes) -> bytes:
    """The picture in few colors.

    Raises:
        ValueError: it is still too large for a repository.
    """
    small = io.BytesIO()
    colored = Image.open(io.BytesIO(picture)).convert("RGB")
    colored.quantize(_COLORS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    if small.tell() > _MOST_BYTES:
        raise ValueError(f"a picture of the README has {small.tell()} bytes, more than {_MOST_BYTES}")
    return small.getvalue()


def kept(readme: Path) -> dict[tuple[str, str], list[Path]]:
    """Files of the small pictures, by page and language."""
    files: dict[tuple[str, str], list[Path]] = {}
    for names, folder in ((README, readme), (MANUAL, _MANUAL_FOLDER)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in names.items():
            files.setdefault((page, name.rpartition("-")[2]), []).append(folder / f"{name}.png")
    return files


def take(workspace: Path, out: Path, readme: Path, *, only_kept: bool = False) -> None:
    """Write a picture of every page and language, and small ones of those that README and manual show."""
    shown = kept(readme)
    pages = page_addresses(workspace) | pictured_alerts(workspace)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, shutil.which("chromium"))
        with server(workspace, Path(folder) / "log") as address:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            for name, path in pages.items():
                for language in LANGUAGES:
                    if only_kept and (name, language) not in shown:
                        continue
                    joint = "&" if "?" in path else "?"
                    picture = taken(page, f"{address}/{path}{joint}lang={language}")
                    (out / f"{name}-{language}.png").write_bytes(picture)
                    for file in shown.get((name, language), ()):
                        file.write_bytes(compressed(picture))
        browser.close()


def main() -> None:
    """Write all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/pictures"))
    parser.add_argument("--readme", type=Path, default=Path("docs/screens"))
    parser.add_argument("--only-kept", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    take(given.workspace or city(given.out), given.out, given.readme, only_kept=given.only_kept)


if __name__ == "__main__":
    main()
