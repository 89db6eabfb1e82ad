"""An indicator cut by one attribute: a table of cells, each with a link to its list."""

from __future__ import annotations

import streamlit as st

from dashboard.glossary import explained
from dashboard.indicator_views.figures import UNKNOWN, cell_name, moved, threshold_text, written
from dashboard.indicator_views.links import tile_link
from dashboard.markup import chip, join, render, table
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, t
from detection.indicators.card import AttentionThreshold, Unit
from detection.indicators.texts import both_text
from detection.store.queries.indicators import values as queries

_MOST_CELLS = 20
_SUBJECTS = {"provider_id": "provider", "employer_id": "employer"}
"""Cuts whose cells have a page of their own, and their kinds; the value opens the list."""
_FIGURES = ("value", "numerator", "denominator", "units")


def draw_cut(tile: queries.Tile) -> None:
    """The attribute to cut by, and the cells: those that need attention first, then by the number of people."""
    card, by = tile.card, _attribute(tile)
    cut = query(queries.cut, card.name, by, tile.point.window)
    if not cut.cells:
        st.caption(t("indicator.no_cut"))
        return
    compared = card.against is not None and by == "provider_id"
    with_trend = compared and card.compares_by == "trend"
    cells = sorted(cut.cells, key=lambda cell: not cell.attention)
    shown = cells if st.query_params.get("cells") == "all" else cells[:_MOST_CELLS]
    columns = [
        label("cut", by),
        *(t(f"indicator.{figure}") for figure in _FIGURES),
        *([t(f"indicator.against.{card.against}")] if compared else []),
        *([t("indicator.against.trend")] if with_trend else []),
        "",
    ]
    rows = [_row(tile, by, cell, compared=compared, with_trend=with_trend) for cell in shown]
    table(columns, rows, numeric=range(1, len(columns) - 1))
    if compared and tile.comparison_threshold:
        st.caption(_threshold(tile, tile.comparison_threshold))
    if more := len(cells) - len(shown):
        text = t("indicator.more_cells", n=figures().count(more))
        render(tile_link(text, tile, by=by, cells="all", view="cut"))


def _threshold(tile: queries.Tile, threshold: AttentionThreshold) -> str:
    """How institutions are marked: shares differ by points."""
    unit: Unit = "points" if tile.card.unit == "share" else tile.card.unit
    reference = "trend" if threshold.of == "trend" else tile.card.against
    return threshold_text(f"indicator.threshold.{reference}", threshold, unit)


def _attribute(tile: queries.Tile) -> str:
    """What the indicator is cut by: of the address, else the card's first; picked anew, the address changes."""
    card, wanted = tile.card, st.query_params.get("by", "")
    by = wanted if wanted in card.cuts else card.cuts[0]
    chosen = st.segmented_control(
        t("indicator.by"),
        card.cuts,
        default=by,
        format_func=lambda cut: label("cut", cut),
        key=f"by_{card.name}_{by}_{language()}",
    )
    if chosen and chosen != by:
        st.query_params["by"] = chosen
        st.rerun()
    return by


def _row(tile: queries.Tile, by: str, cell: queries.Cell, *, compared: bool, with_trend: bool) -> list[str]:
    card, value, name = tile.card, cell.value, cell_name(by, cell.label, tile.card.parts)
    if value.sufficiency == "hidden":
        blank = [""] * (len(_FIGURES) + compared + with_trend)
        return [name, chip(label("sufficiency", "hidden")), *blank]
    attention = (
        explained(chip(t("indicator.attention"), "fw-attention"), "attention") if cell.attention else ""
    )
    limited = value.sufficiency in ("few", "withheld")
    sufficiency = chip(label("sufficiency", value.sufficiency)) if limited else ""
    of_list = tile_link(written(value.value, card.unit), tile, by=by, cell=cell.key, view="list")
    if by in _SUBJECTS and cell.key != UNKNOWN:
        shown = [subject_link(_SUBJECTS[by], cell.key, name), of_list]
    else:
        shown = [tile_link(name, tile, by=by, cell=cell.key, view="list"), of_list]
    return [
        *shown,
        *(both_text(value, part, card.of[part], language()) for part in (0, 1)),
        figures().count(value.units or 0),
        *([_reference(cell, card.unit)] if compared else []),
        *([_trend(cell, card.unit)] if with_trend else []),
        join([attention, sufficiency]),
    ]


def _reference(cell: queries.Cell, unit: Unit) -> str:
    """The value that an institution is compared with, and its difference from that."""
    if cell.against is None or cell.against.value is None or cell.value.value is None:
        return "–"
    difference = cell.value.value - cell.against.value
    return t("indicator.apart", value=written(cell.against.value, unit), difference=moved(difference, unit))


def _trend(cell: queries.Cell, unit: Unit) -> str:
    """An institution's change less the city's, and both changes."""
    if cell.trend is None:
        return "–"
    changes = (cell.trend.apart, cell.trend.change, cell.trend.city)
    apart, own, city = (moved(change, unit) for change in changes)
    return t("indicator.moved_apart", difference=apart, own=own, city=city)
