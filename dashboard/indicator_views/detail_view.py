"""One indicator in full: what it counts and means, and its values over time."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.trend import trend_chart
from dashboard.indicator_views.cut_view import draw_cut
from dashboard.indicator_views.figures import period_name, written
from dashboard.markup import bullets, render, section, styled
from dashboard.query_cache import query
from dashboard.wording import figures, label, language, localized, t
from detection.indicators.card import AttentionThreshold, IndicatorCard, Unit
from detection.indicators.texts import bound_text
from detection.language.policy import value_lines
from detection.store.queries.indicators import values as queries

_TREND_KINDS = ("month", "rolling12")


def draw_detail(tile: queries.Tile) -> None:
    """Trend on the left, the cut on the right; texts and policy versions below the trend."""
    words = tile.card.words[language()]
    section(words.title, period_name(tile.point.window))
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        _trend(tile)
        _versions(tile)
        bullets(
            [
                t("indicator.numerator_is", text=words.numerator),
                t("indicator.denominator_is", text=words.denominator),
                t("indicator.meaning", text=words.meaning),
                t("indicator.innocent_explanation", text=words.innocent_explanation),
                *_threshold_texts(tile),
            ]
        )
    with right:
        draw_cut(tile)


def _threshold_texts(tile: queries.Tile) -> list[str]:
    """The attention threshold of the value, and that of institutions: of shares, the latter is in points."""
    card, texts = tile.card, []
    if tile.threshold:
        texts.append(_threshold_text("indicator.threshold", tile.threshold, card.unit))
    if threshold := tile.comparison_threshold:
        unit: Unit = "points" if card.unit == "share" else card.unit
        reference = "trend" if threshold.of == "trend" else card.against
        texts.append(_threshold_text(f"indicator.threshold.{reference}", threshold, unit))
    return texts


def _threshold_text(message: str, threshold: AttentionThreshold, unit: Unit) -> str:
    bounds = [
        t(f"indicator.threshold.{side}", bound=bound_text(bound, unit, language()))
        for side, bound in (("below", threshold.below), ("above", threshold.above))
        if bound is not None
    ]
    return t(
        message,
        bounds=t("separator").join(bounds),
        start=figures().day(threshold.start),
        source=localized({"en": threshold.source, "zh": threshold.source_zh}),
        status=label("value_status", threshold.status),
    )


def _trend(tile: queries.Tile) -> None:
    kinds = (kind for kind in (tile.point.kind, tile.card.kinds[0]) if kind in _TREND_KINDS)
    kind = next(kinds, "month")
    rows = [
        {
            "month": point.end,
            "value": _plotted(tile.card, point.value),
            "assessed": bool(point.value and point.value.assessed),
            "shown": written(point.value.value, tile.card.unit) if point.value else "–",
        }
        for point in query(queries.trend, tile.card.name, kind)
    ]
    if not any(row["value"] is not None for row in rows):
        st.caption(t("indicator.no_trend"))
        return
    sides = (tile.threshold.below, tile.threshold.above) if tile.threshold else ()
    cut_over = query(queries.cut_over) or ""
    st.caption(t(f"indicator.trend.{kind}"))
    st.altair_chart(
        trend_chart(rows, tile.card.unit, [bound for bound in sides if bound is not None], cut_over[:7]),
        key=f"trend_{tile.card.name}_{kind}_{language()}",
    )


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
    render(styled(t("indicator.versions") + " " + " · ".join(texts), "muted small"))
