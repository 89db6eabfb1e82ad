"""The six screens of indicators on a city that was run: grid, one indicator in full, and the list behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboard.indicator_views.figures import integer, written
from detection.indicators.card import SCREENS
from detection.store.queries import indicators as queries
from detection.store.queries.reader import open_store
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]


def said(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(one.value) for kind in (app.html, app.markdown, app.caption) for one in kind)


def tiles(workspace: Path, screen: str = "", kind: str = "") -> list[queries.Tile]:
    with open_store(open_workspace(workspace)) as reader:
        return queries.grid(reader, screen, kind)


def assessable(workspace: Path) -> list[queries.Tile]:
    return [one for one in tiles(workspace) if one.point.value and one.point.value.sufficiency != "hidden"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_a_card_for_each_of_its_indicators(
    open_page: OpenPage, finished: Path, screen: str, language: str
) -> None:
    page = said(open_page(finished, screen, lang=language))
    for one in tiles(finished, screen):
        assert escape(one.card.words[language].title) in page
        if one.point.value is None:
            assert escape(one.point.reason_zh if language == "zh" else one.point.reason_en) in page


def test_every_indicator_opens_with_the_list_that_adds_up_to_it(open_page: OpenPage, finished: Path) -> None:
    shown = assessable(finished)
    assert len(shown) > 3
    for one in shown:
        asked = {"lang": "en", "indicator": one.card.name, "window": one.point.window}
        page = said(open_page(finished, one.card.screen, **asked))
        assert one.point.value is not None
        assert escape(written(one.point.value.value, one.card.unit)) in page
        assert f"<b>{escape(integer(one.point.value.numerator, one.card.of[0]))}</b>" in page
        assert escape(one.card.words["en"].innocent_explanation) in page


def test_a_cell_of_a_cut_opens_its_own_list(open_page: OpenPage, finished: Path) -> None:
    one = next(tile for tile in assessable(finished) if "person_category" in tile.card.cuts)
    with open_store(open_workspace(finished)) as reader:
        cells = queries.cut(reader, one.card.name, "person_category", one.point.window).cells
    cell = next(cell for cell in cells if cell.value.sufficiency != "hidden")
    asked = {
        "indicator": one.card.name,
        "window": one.point.window,
        "by": "person_category",
        "cell": cell.key,
    }
    page = said(open_page(finished, one.card.screen, lang="en", **asked))
    assert f"<b>{escape(integer(cell.value.numerator, one.card.of[0]))}</b>" in page


def test_institutions_stand_beside_what_they_are_held_against(open_page: OpenPage, finished: Path) -> None:
    one = next(tile for tile in assessable(finished) if tile.card.name == "self_pay_share")
    with open_store(open_workspace(finished)) as reader:
        cells = queries.cut(reader, one.card.name, "provider_id", one.point.window).cells
    cell = next(cell for cell in cells if cell.value.value and cell.against and cell.against.value)
    asked = {"indicator": one.card.name, "window": one.point.window, "by": "provider_id", "cells": "all"}
    page = said(open_page(finished, one.card.screen, lang="zh", **asked))
    assert cell.value.value is not None and cell.against is not None and cell.against.value is not None
    apart = f"{abs(cell.value.value - cell.against.value) * 100:.1f}"
    assert re.search(rf"{cell.against.value:.1%}（[+−]?{apart} 个百分点）", page)
    assert one.comparison_threshold is not None and one.comparison_threshold.source_zh in page
    assert all(escape(cell.label) in page for cell in cells)


def test_a_list_of_answers_says_who_was_asked_and_has_no_column_of_people(
    open_page: OpenPage, finished: Path
) -> None:
    one = next(tile for tile in assessable(finished) if tile.card.name == "awareness_by_survey")
    asked = {"indicator": one.card.name, "window": one.point.window, "by": "respondent_group"}
    page = said(open_page(finished, one.card.screen, lang="en", **asked))
    assert "<th>Question</th>" in page and "<th>Group surveyed</th>" in page
    assert "<th>Person</th>" not in page and ">respondent_group<" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"indicator": "nothing"},
        {"window": "month:1999-01"},
        {"by": "nothing"},
        {"cell": "nothing", "by": "district"},
        {"sheet": "-3"},
        {"sheet": "many"},
    ],
    ids=str,
)
def test_odd_things_in_the_address_break_nothing(
    open_page: OpenPage, finished: Path, asked: dict[str, str]
) -> None:
    one = assessable(finished)[0]
    said(open_page(finished, one.card.screen, **({"indicator": one.card.name} | asked)))


def test_a_run_without_indicators_says_what_to_do(open_page: OpenPage, sample: Path) -> None:
    assert "run again" in said(open_page(sample, "benefit", lang="en"))


def test_the_rows_that_are_not_in_the_numerator_are_a_click_away(open_page: OpenPage, finished: Path) -> None:
    one = next(tile for tile in assessable(finished) if tile.card.name == "credit_accuracy")
    asked = {"indicator": one.card.name, "window": one.point.window, "by": "employer_id"}
    page = said(open_page(finished, one.card.screen, lang="zh", **asked))
    assert "rows=rest" in page and "rows=numerator" in page
    assert "不详" in page and ">unknown<" not in page
    with open_store(open_workspace(finished)) as reader:
        rest = queries.listed(reader, one.card.name, one.point.window, queries.ListFilters(rows="rest"))
    page = said(open_page(finished, one.card.screen, lang="en", **asked, rows="rest"))
    assert f"<b>{escape(integer(rest.totals[0][1] if rest.totals else 0, 'count'))}</b>" in page
