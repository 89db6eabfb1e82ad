"""One indicator in full: its figures, its values over time, its districts, and what it means."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.charts.trend import Bound, PolicyDate, TrendPoint, trend_chart
from dashboard.indicator_views.bars_view import draw_bars
from dashboard.indicator_views.figures import (
    bounds_of,
    change_of,
    month_name,
    period_name,
    remark_of,
    threshold_text,
    written,
)
from dashboard.markup import bold, bullets, chip, element, join, render, styled
from dashboard.query_cache import query
from dashboard.wording import figures, label, language, localized, t
from detection.indicators.card import IndicatorCard
from detection.indicators.texts import both_text, bound_text
from detection.language.policy import value_lines
from detection.store.queries.indicators import values as queries

_LINES = {"month": "months", "rolling12": "year"}
"""Lines of a trend by the kind of its periods, and their names."""
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def draw_figures(tile: queries.Tile) -> None:
    """The value with its two parts in words, its change, and whether it needs attention."""
    card, value = tile.card, tile.point.value
    if value is None:
        reason = localized(tile.point, "reason")
        render(element("div", join([bold(t("indicator.not_assessable")), " ", reason]), "fw-figures"))
        return
    words, (change, against) = card.words[language()], change_of(tile)
    parts = [
        (_in_words(value, part, card), text) for part, text in enumerate((words.numerator, words.denominator))
    ]
    rows = [element("div", join([element("b", figure), " ", text])) for figure, text in parts]
    first = join([styled(written(value.value, card.unit), "big num"), _attention(tile)])
    second = join([element("b", change), " ", against])
    render(element("div", join([element("div", first), element("div", second), *rows]), "fw-figures"))


def _in_words(value: queries.Value, part: int, card: IndicatorCard) -> str:
    """A numerator or denominator in front of its words, which name the unit."""
    return both_text(value, part, card.of[part], language()).replace(figures().currency, "")


def _attention(tile: queries.Tile) -> Markup:
    """Whether the attention line is met, in words and color; a remark where it is not assessed."""
    if remark := remark_of(tile):
        return chip(remark)
    if tile.threshold is None:
        return Markup("")
    if tile.point.attention:
        bounds = t("separator").join(bounds_of(tile.threshold, tile.card.unit))
        return chip(t("indicator.met", bounds=bounds), "fw-attention")
    return chip(t("indicator.not_met"))


def draw_overview(tile: queries.Tile) -> None:
    """The trend above; the districts and the texts below it."""
    words = tile.card.words[language()]
    dates = query(queries.policy_dates, tile.card.name)
    _trend(tile, dates)
    left, right = st.columns(2, gap="medium")
    with left:
        draw_bars(tile)
    with right:
        bullets(
            [
                t("indicator.meaning", text=words.meaning),
                t("indicator.innocent_explanation", text=words.innocent_explanation),
                *(
                    [threshold_text("indicator.threshold", tile.threshold, tile.card.unit)]
                    if tile.threshold
                    else []
                ),
            ]
        )
    _versions(tile)


def _trend(tile: queries.Tile, versions: Sequence[queries.Version]) -> None:
    """Months and windows of twelve months as two lines, and the days on which the policy changed."""
    card = tile.card
    points = [
        TrendPoint(
            t(f"indicator.trend.{name}"),
            point.end,
            _plotted(card, point.value),
            assessed=bool(point.value and point.value.assessed),
            text=written(point.value.value, card.unit) if point.value else "–",
        )
        for kind, name in _LINES.items()
        if kind in card.kinds
        for point in query(queries.trend, card.name, kind)
    ]
    if not any(point.value is not None for point in points):
        st.caption(t("indicator.no_trend"))
        return
    sides = (("below", tile.threshold.below), ("above", tile.threshold.above)) if tile.threshold else ()
    bounds = [
        Bound(
            bound,
            t(
                "indicator.line",
                bound=t(f"indicator.threshold.{side}", bound=bound_text(bound, card.unit, language())),
            ),
        )
        for side, bound in sides
        if bound is not None
    ]
    dates = _policy_dates(versions, {point.month for point in points})
    st.altair_chart(
        trend_chart(points, card.unit, bounds, [PolicyDate(month, mark) for month, mark, _ in dates]),
        key=f"trend_{card.name}_{language()}",
    )
    if dates:
        texts = [f"{mark} {month_name(month)} {text}" for month, mark, text in dates]
        render(styled(t("indicator.policy_dates") + t("separator").join(texts), "muted small"))


def _policy_dates(versions: Sequence[queries.Version], months: set[str]) -> list[tuple[str, str, str]]:
    """By month of the chart in which the policy changed: the month, the mark of its line, and what changed."""
    changes: dict[str, list[str]] = {}
    if day := query(queries.cut_over):
        changes[day[:7]] = [t("indicator.cut_over")]
    for version in versions:
        changes.setdefault(version.start[:7], []).append(localized(version))
    inside = sorted((month, texts) for month, texts in changes.items() if month in months)
    return [
        (month, mark, " · ".join(dict.fromkeys(texts)))
        for mark, (month, texts) in zip(_MARKS, inside, strict=False)
    ]


def _plotted(card: IndicatorCard, value: queries.Value | None) -> float | None:
    """The value in the unit of the axis and of the attention threshold."""
    return None if value is None or value.value is None else card.in_unit(value.value)


def _versions(tile: queries.Tile) -> None:
    """The policy versions that the period spans, below the chart."""
    if not tile.versions:
        return
    texts = [
        t(
            "indicator.version",
            parameter=localized(version),
            start=version.start,
            value="–" if version.value is None else "; ".join(value_lines(version.value, language())),
            status=label("value_status", version.status),
        )
        for version in tile.versions
    ]
    with st.expander(t("indicator.versions", period=period_name(tile.point.window))):
        render(styled(" · ".join(texts), "muted small"))
