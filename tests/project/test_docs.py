"""The documentation is complete and self-contained, without building it: that is `make docs`."""

from __future__ import annotations

from typing import Any

import pytest
from mkdocs.utils.yaml import yaml_load
from support.paths import ROOT

from detection.detectors.catalogue import catalogue
from detection.indicators.card_files import indicator_cards
from docs.site.hooks import WRITTEN, added_pages
from features.registry import all_features

CONFIG = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def listed(entries: list[dict[str, Any]]) -> list[str]:
    """Pages of the navigation, in order."""
    targets = [target for entry in entries for target in entry.values()]
    return [page for target in targets for page in (listed(target) if isinstance(target, list) else [target])]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("detectors.md", catalogue()),
        ("indicators.md", indicator_cards()),
        ("features.md", all_features()),
    ],
)
def test_every_entry_has_a_place_on_its_page(page: str, names: dict[str, Any]) -> None:
    text = WRITTEN[page]()
    assert names
    assert [name for name in names if f"{{ #{name} }}" not in text and f'id="{name}"' not in text] == []


def test_a_detector_is_described_in_full() -> None:
    text = WRITTEN["detectors.md"]()
    for detector in catalogue().values():
        card = detector.card
        for sentence in (
            card.words["en"].why_it_matters,
            card.words["zh"].title,
            *card.words["en"].innocent_explanations,
        ):
            assert sentence in text
        for threshold in card.thresholds.values:
            assert f"`{threshold}`" in text


def test_the_navigation_lists_every_page_once() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} | set(added_pages())
    assert sorted(listed(CONFIG["nav"])) == sorted(pages)


def test_links_of_pages_from_the_root_lead_to_pages_of_the_site() -> None:
    assert "](docs/" not in added_pages()["index.md"]
    assert "](CHANGELOG.md)" not in added_pages()["index.md"]
    assert "](changelog.md)" in added_pages()["index.md"]


def test_the_site_loads_nothing_from_another_host() -> None:
    assert CONFIG["theme"]["font"] is False
    assert CONFIG["strict"] is True
    assert {*CONFIG["extra"]} == {"generator"}  # no analytics, no social links
    assert "extra_javascript" not in CONFIG
    assert "extra_css" not in CONFIG
