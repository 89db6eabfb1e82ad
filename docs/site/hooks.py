"""What MkDocs adds to the pages under docs/: pages written from cards and code, and pages of the repository's root."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs.site.catalog_pages import detectors_page, features_page, indicators_page

ROOT = Path(__file__).parents[2]

WRITTEN: Mapping[str, Callable[[], str]] = {
    "detectors.md": detectors_page,
    "indicators.md": indicators_page,
    "features.md": features_page,
}
"""Pages by their name in the site, and what writes them."""

FROM_ROOT: Mapping[str, str] = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "security_policy.md": "SECURITY.md",
    "changelog.md": "CHANGELOG.md",
}
"""Pages by their name in the site, and the file at the repository's root that they are."""

_LOADED_FROM_ELSEWHERE = re.compile(
    r'<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)="?(?:https?:)?//[^">]*'
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that lie under docs/."""
    for name, page in added_pages().items():
        files.append(File.generated(config, name, content=page))
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Refuse a page that loads anything from another host.

    Raises:
        PluginError: it does; the message names what.
    """
    if elsewhere := _LOADED_FROM_ELSEWHERE.findall(output):
        raise PluginError(f"{page.file.src_uri} loads from another host: {elsewhere[0]}")
    return output


def added_pages() -> dict[str, str]:
    """Every page that does not lie under docs/, by its name in the site."""
    from_root = {name: _relinked(file) for name, file in FROM_ROOT.items() if (ROOT / file).exists()}
    return from_root | {name: page() for name, page in WRITTEN.items()}


def _relinked(file: str) -> str:
    """A page of the root, with its links as they lead from within the site."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("](docs/", "](")
    for name, source in FROM_ROOT.items():
        text = text.replace(f"]({source})", f"]({name})")
    return text
