"""The six screens of indicators of a run: grid, detail of an indicator, and the list behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboard.indicator_views.figures import integer, written
from dashboard.pager import PAGE_ROWS
from detection.indicators.card import SCREENS
from detection.store.queries.indicators import values as queries
from detection.store.queries.reader import open_store
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]
_CARDS = '<div class="fw-tiles">'


def text_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for kind in (app.html, app.markdown, app.caption) for piece in kind)


def tiles(workspace: Path, screen: str = "", kind: str = "") -> list[queries.Tile]:
    with open_store(open_workspace(workspace)) as reader:
        return queries.grid(reader, screen, kind)


def assessable(workspace: Path) -> list[queries.Tile]:
    return [
        tile
        for tile in tiles(workspace)
        if tile.point.value and tile.point.value.sufficiency not in ("hidden", "withheld")
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_a_card_for_each_of_its_indicators(
    open_page: OpenPage, finished: Path, screen: str, language: str
) -> None:
    page = text_of(open_page(finished, screen, lang=language))
    for tile in tiles(finished, screen):
        assert escape(tile.card.words[language].title) in page
        if tile.point.value is None:
            assert escape(tile.point.reason_zh if language == "zh" else tile.point.reason_en) in page


def test_every_indicator_opens_with_the_list_that_adds_up_to_it(open_page: OpenPage, finished: Path) -> None:
    shown = assessable(finished)
    assert len(shown) > 3
    for tile in shown:
        parameters = {"lang": "en", "indicator": tile.card.name, "window": tile.point.window, "view": "list"}
        page = text_of(open_page(finished, tile.card.screen, **parameters))
        assert tile.point.value is not None
        assert escape(written(tile.point.value.value, tile.card.unit)) in page
        total = f"<b>{escape(integer(tile.point.value.numerator, tile.card.of[0]))}</b></td>"
        assert total in page


def test_an_indicator_opens_with_what_else_could_explain_it(open_page: OpenPage, finished: Path) -> None:
    for screen in SCREENS:
        tile = tiles(finished, screen)[-1]
        page = text_of(open_page(finished, screen, lang="en", indicator=tile.card.name))
        assert escape(tile.card.words["en"].innocent_explanation) in page
        assert escape(tile.card.words["en"].meaning) in page


@pytest.mark.parametrize(
    ("language", "text"), [("en", "No data before the reform"), ("zh", "没有改革前的数据")]
)
def test_data_without_months_before_the_reform_say_so(
    open_page: OpenPage, finished: Path, language: str, text: str
) -> None:
    page = open_page(finished, "benefit", lang=language, kind="before")
    assert text in text_of(page) and _CARDS not in text_of(page)
    assert _CARDS in text_of(open_page(finished, "benefit", lang=language, kind="after"))


def test_a_withheld_numerator_is_withheld_on_its_page(open_page: OpenPage, finished: Path) -> None:
    shown = tiles(finished)
    withheld = [tile for tile in shown if tile.point.value and tile.point.value.sufficiency == "withheld"]
    assert withheld
    page = text_of(
        open_page(finished, withheld[0].card.screen, lang="zh", indicator=withheld[0].card.name, view="list")
    )
    assert "清单不逐人标明是否计入" in page and ">人数过少，不显示<" in page


def test_a_cell_of_a_cut_opens_its_own_list(open_page: OpenPage, finished: Path) -> None:
    tile = next(tile for tile in assessable(finished) if "person_category" in tile.card.cuts)
    with open_store(open_workspace(finished)) as reader:
        cells = queries.cut(reader, tile.card.name, "person_category", tile.point.window).cells
    cell = next(cell for cell in cells if cell.value.numerator is not None)
    parameters = {
        "indicator": tile.card.name,
        "window": tile.point.window,
        "by": "person_category",
        "cell": cell.key,
        "view": "list",
    }
    page = text_of(open_page(finished, tile.card.screen, lang="en", **parameters))
    assert f"<b>{escape(integer(cell.value.numerator, tile.card.of[0]))}</b>" in page


def test_institutions_are_next_to_what_they_are_compared_with(open_page: OpenPage, finished: Path) -> None:
    tile = next(tile for tile in assessable(finished) if tile.card.name == "self_pay_share")
    with open_store(open_workspace(finished)) as reader:
        cells = queries.cut(reader, tile.card.name, "provider_id", tile.point.window).cells
    cell = next(cell for cell in cells if cell.value.value and cell.against and cell.against.value)
    parameters = {
        "indicator": tile.card.name,
        "window": tile.point.window,
        "by": "provider_id",
        "cells": "all",
        "view": "cut",
    }
    page = text_of(open_page(finished, tile.card.screen, lang="zh", **parameters))
    assert cell.value.value is not None and cell.against is not None and cell.against.value is not None
    apart = f"{abs(cell.value.value - cell.against.value) * 100:.1f}"
    assert re.search(rf"{cell.against.value:.1%}（[+−]?{apart} 个百分点）", page)
    assert tile.comparison_threshold is not None and tile.comparison_threshold.source_zh in page
    assert all(escape(cell.label) in page for cell in cells)


def test_a_list_of_answers_shows_the_group_and_has_no_column_of_people(
    open_page: OpenPage, finished: Path
) -> None:
    tile = next(tile for tile in assessable(finished) if tile.card.name == "awareness_by_survey")
    parameters = {"indicator": tile.card.name, "window": tile.point.window, "view": "list"}
    page = text_of(open_page(finished, tile.card.screen, lang="en", **parameters))
    assert "<th>Question</th>" in page and "<th>Group surveyed</th>" in page
    assert "<th>Person</th>" not in page and ">respondent_group<" not in page


@pytest.mark.parametrize(
    "parameters",
    [
        {"indicator": "nothing"},
        {"window": "month:1999-01"},
        {"by": "nothing"},
        {"cell": "nothing", "by": "district"},
        {"sheet": "-3", "view": "list"},
        {"sheet": "many", "view": "list"},
        {"sheet": "²", "view": "list"},
        {"view": "nothing"},
        {"kind": "nothing"},
    ],
    ids=str,
)
def test_odd_things_in_the_url_break_nothing(
    open_page: OpenPage, finished: Path, parameters: dict[str, str]
) -> None:
    tile = assessable(finished)[0]
    text_of(open_page(finished, tile.card.screen, **({"indicator": tile.card.name} | parameters)))


def test_a_run_without_indicators_shows_what_to_do(open_page: OpenPage, sample: Path) -> None:
    assert "run again" in text_of(open_page(sample, "benefit", lang="en"))


def test_the_rows_that_are_not_in_the_numerator_are_a_click_away(open_page: OpenPage, finished: Path) -> None:
    tile = next(tile for tile in assessable(finished) if tile.card.name == "pooled_participation")
    parameters = {"indicator": tile.card.name, "window": tile.point.window, "by": "employer_id"}
    page = text_of(open_page(finished, tile.card.screen, lang="zh", **parameters, view="cut"))
    assert "不详" in page and ">unknown<" not in page
    page = text_of(open_page(finished, tile.card.screen, lang="zh", **parameters, view="list"))
    assert "rows=rest" in page and "rows=numerator" in page
    with open_store(open_workspace(finished)) as reader:
        rest = queries.listed(reader, tile.card.name, tile.point.window, queries.ListFilters(rows="rest"))
    page = text_of(open_page(finished, tile.card.screen, lang="en", **parameters, view="list", rows="rest"))
    assert f"<b>{escape(integer(rest.totals[0][1] if rest.totals else 0, 'count'))}</b>" in page


def test_a_page_of_a_list_beyond_the_last_is_the_last(open_page: OpenPage, finished: Path) -> None:
    with open_store(open_workspace(finished)) as reader:
        counts = {
            (tile.card.screen, tile.card.name, tile.point.window): queries.listed(
                reader, tile.card.name, tile.point.window
            ).count
            for tile in assessable(finished)
        }
    (screen, name, window), count = max(counts.items(), key=lambda item: item[1])
    assert count > PAGE_ROWS
    app = open_page(finished, screen, lang="en", indicator=name, window=window, view="list", sheet="9999")
    assert f"to {count} of {count:,}" in text_of(app)
