"""One indicator: what it tells and what it does not, its way over time, its value by group."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.trend import trend_chart
from dashboard.indicator_views.figures import (
    cell_name,
    moved,
    period_name,
    written,
)
from dashboard.markup import bullets, chip, join, render, section, styled, table
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.wording import figures, label, language, t
from detection.indicators.card import AttentionThreshold, IndicatorCard, Unit
from detection.indicators.written import both_text, bound_text
from detection.language.policy import value_lines
from detection.store.queries import indicators as queries

_MOST_CELLS = 20


def draw_detail(screen: str, tile: queries.Tile) -> None:
    """Trend at the left, the cut at the right, words and policy versions below the trend."""
    card = tile.card
    words = card.words[language()]
    section(words.title, period_name(tile.point.window))
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        _trend(tile)
        _versions(tile)
        bullets(
            [
                t("indicator.numerator_is", text=words.numerator),
                t("indicator.denominator_is", text=words.denominator),
                t("indicator.tells", text=words.meaning),
                t("indicator.innocent", text=words.innocent_explanation),
                *([_line(tile.threshold, card.unit)] if tile.threshold else []),
                *([_compared_line(tile)] if tile.comparison_threshold else []),
            ]
        )
    with right:
        _cut(screen, tile)


def _line(line: AttentionThreshold, unit: Unit) -> str:
    return t("indicator.line", bounds=_bounds(line, unit), **_decided(line))


def _compared_line(tile: queries.Tile) -> str:
    """The line of what institutions are compared by: a difference or a change, of shares in points."""
    card, line = tile.card, tile.comparison_threshold
    if line is None:
        return ""
    unit: Unit = "points" if card.unit == "share" else card.unit
    drawn_on = "trend" if line.of == "trend" else card.against
    return t(f"indicator.line.{drawn_on}", bounds=_bounds(line, unit), **_decided(line))


def _bounds(line: AttentionThreshold, unit: Unit) -> str:
    parts = [
        t(f"indicator.line.{side}", bound=bound_text(bound, unit, language()))
        for side, bound in (("below", line.below), ("above", line.above))
        if bound is not None
    ]
    return t("separator").join(parts)


def _decided(line: AttentionThreshold) -> dict[str, str]:
    return {
        "start": line.start.isoformat(),
        "source": line.source_zh if language() == "zh" else line.source,
        "status": label("value_status", line.status),
    }


def _trend(tile: queries.Tile) -> None:
    kind = tile.point.kind if tile.point.kind in ("month", "rolling12") else tile.card.kinds[0]
    kind = kind if kind in ("month", "rolling12") else "month"
    points = query(queries.trend, tile.card.name, kind)
    rows = [
        {
            "month": one.end,
            "value": _drawn(tile.card, one.value),
            "judged": bool(one.value and one.value.assessed),
            "shown": written(one.value.value, tile.card.unit) if one.value else "–",
        }
        for one in points
    ]
    if not any(row["value"] is not None for row in rows):
        st.caption(t("indicator.no_trend"))
        return
    bounds = (
        [one for one in (tile.threshold.below, tile.threshold.above) if one is not None]
        if tile.threshold
        else []
    )
    began = query(queries.cut_over) or ""
    st.caption(t(f"indicator.trend.{kind}"))
    st.altair_chart(
        trend_chart(rows, tile.card.unit, bounds, began[:7]),
        key=f"trend_{tile.card.name}_{kind}_{language()}",
    )


def _drawn(card: IndicatorCard, value: queries.Value | None) -> float | None:
    """The value in the unit that the axis and the attention line have."""
    return None if value is None or value.value is None else card.in_unit(value.value)


def _versions(tile: queries.Tile) -> None:
    """The policy versions that the period spans, under the chart."""
    if not tile.versions:
        return
    texts = [
        t(
            "indicator.version",
            parameter=one.zh if language() == "zh" else one.en,
            start=one.start,
            value="–" if one.value is None else "; ".join(value_lines(one.value, language())),
            status=label("value_status", one.status),
        )
        for one in tile.versions
    ]
    render(styled(t("indicator.versions") + " " + " · ".join(texts), "muted small"))


def _cut(screen: str, tile: queries.Tile) -> None:
    card = tile.card
    asked = st.query_params.get("by", "")
    by = asked if asked in card.cuts else card.cuts[0]
    chosen = st.segmented_control(
        t("indicator.by"),
        card.cuts,
        default=by,
        format_func=lambda one: label("cut", one),
        key=f"by_{card.name}_{by}_{language()}",
    )
    if chosen and chosen != by:
        st.query_params["by"] = chosen
        st.rerun()
    found = query(queries.cut, card.name, by, tile.point.window)
    if not found.cells:
        st.caption(t("indicator.no_cut"))
        return
    compared = card.against is not None and by == "provider_id"
    moves = compared and card.compares_by == "trend"
    first = sorted(found.cells, key=lambda one: not one.attention)
    every = st.query_params.get("cells") == "all"
    rows = [
        _cell(screen, tile, by, one, compared=compared, moves=moves)
        for one in (first if every else first[:_MOST_CELLS])
    ]
    values = [t(f"indicator.{part}") for part in ("value", "numerator", "denominator", "units")]
    against = [t(f"indicator.against.{card.against}")] if compared else []
    trend = [t("indicator.against.trend")] if moves else []
    columns = [label("cut", by), *values, *against, *trend, ""]
    table(columns, rows, numeric=range(1, len(columns) - 1))
    if len(found.cells) > _MOST_CELLS and not every:
        more = t("indicator.more_cells", n=figures().count(len(found.cells) - _MOST_CELLS))
        render(link(more, screen, indicator=card.name, window=tile.point.window, by=by, cells="all"))


def _cell(
    screen: str, tile: queries.Tile, by: str, cell: queries.Cell, *, compared: bool, moves: bool
) -> list[str]:
    name = cell_name(by, cell.label, tile.card.parts)
    value = cell.value
    if value.sufficiency == "hidden":
        blank = [""] * (4 + compared + moves)
        return [name, chip(label("sufficiency", "hidden")), *blank]
    asked = {"indicator": tile.card.name, "window": tile.point.window, "by": by, "cell": cell.key}
    mark = chip(t("indicator.attention"), "fw-attention") if cell.attention else ""
    few = chip(label("sufficiency", "few")) if value.sufficiency == "few" else ""
    return [
        link(name, screen, **asked),
        written(value.value, tile.card.unit),
        *(both_text(value, place, tile.card.of[place], language()) for place in (0, 1)),
        figures().count(value.units or 0),
        *([_against(cell, tile.card.unit)] if compared else []),
        *([_moved_apart(cell, tile.card.unit)] if moves else []),
        join([mark, few]),
    ]


def _against(cell: queries.Cell, unit: Unit) -> str:
    """What an institution is held against, and how far it lies above or below."""
    if cell.against is None or cell.against.value is None or cell.value.value is None:
        return "–"
    difference = cell.value.value - cell.against.value
    return t("indicator.apart", value=written(cell.against.value, unit), difference=moved(difference, unit))


def _moved_apart(cell: queries.Cell, unit: Unit) -> str:
    """How far an institution's change lies from the city's, and both changes."""
    if cell.trend is None:
        return "–"
    apart, own, city = (moved(one, unit) for one in (cell.trend.apart, cell.trend.change, cell.trend.city))
    return t("indicator.moved_apart", difference=apart, own=own, city=city)
