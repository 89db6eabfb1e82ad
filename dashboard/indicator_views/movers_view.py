"""The institutions whose outgo, or whose share outside the catalogue, moved most since the year before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.indicator_views.figures import moved, written
from dashboard.indicator_views.links import list_link
from dashboard.markup import bold, render, styled, table
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, t
from detection.indicators.disclosure import Value
from detection.store.queries.indicators import fund as queries

_SELF_PAY = "self_pay_share"


def draw_outgo_movers() -> None:
    """Institutions by the fen by which the pooled fund paid them more, or less."""
    result = query(queries.movers, queries.OUTGO)
    rows = [
        [
            subject_link("provider", mover.key, mover.label),
            *(
                _link(figures().short_money(value.numerator or 0), queries.OUTGO, window, mover)
                for value, window in _both(result, mover)
            ),
            bold(moved(mover.change, "yuan")),
        ]
        for mover in result.most
    ]
    _draw(result, ("institution", "then", "now", "change"), rows)


def draw_share_movers() -> None:
    """Institutions by how their share outside the catalogue moved apart from that of their kind and level."""
    result = query(queries.movers, _SELF_PAY)
    rows = [
        [
            subject_link("provider", mover.key, mover.label),
            *(
                _link(written(value.value, "share"), _SELF_PAY, window, mover)
                for value, window in _both(result, mover)
            ),
            bold(moved(mover.change, "share")),
            "–" if mover.peers is None else moved(mover.peers, "share"),
        ]
        for mover in result.most
    ]
    _draw(result, ("institution", "then", "now", "change", "peers"), rows)


def _both(result: queries.Movers, mover: queries.Mover) -> tuple[tuple[Value, str], ...]:
    """The values then and now, each with its period."""
    return (mover.then, result.against), (mover.now, result.now)


def _link(text: str, indicator: str, window: str, mover: queries.Mover) -> Markup:
    return list_link(text, indicator, window, by="provider_id", cell=mover.key)


def _draw(result: queries.Movers, columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        table([t(f"fund.{name}") for name in columns], rows, numeric=range(1, len(columns)))
    else:
        st.caption(t("fund.movers.none"))
    if result.withheld:
        render(styled(t("fund.movers.withheld", n=figures().count(result.withheld)), "muted small"))
