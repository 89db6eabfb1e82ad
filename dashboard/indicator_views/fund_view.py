"""The pooled fund's money: outgo by month, growth by factor, and the institutions that moved most."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from dashboard.indicator_views.figures import month_name, moved, period_name, written
from dashboard.indicator_views.links import list_link
from dashboard.indicator_views.movers_view import draw_outgo_movers, draw_share_movers
from dashboard.markup import bold, element, join, render, section, styled, table
from dashboard.query_cache import query
from dashboard.wording import figures, localized, t
from detection.indicators.decomposition import Outgo
from detection.store.queries.indicators import fund as queries

_FACTORS = {"people": "pool_visits_per_person", "visits": "pool_visits_per_person", "cost": queries.OUTGO}
"""Factors of the outgo, and the indicators whose lists show them."""
_MOST_LABELS = 6


def draw_fund() -> None:
    """What is not known first; then outgo, growth and movers."""
    flow = query(queries.pool_flow)
    render(styled(t("fund.unknown"), "muted small"))
    _outgo(flow)
    _growth(flow)
    left, right = st.columns(2, gap="small")
    with left:
        section(t("fund.movers.outgo"))
        draw_outgo_movers()
    with right:
        section(t("fund.movers.self_pay"))
        draw_share_movers()


def _outgo(flow: queries.PoolFlow) -> None:
    """A column for each month; each opens the list of its settlements."""
    section(t("fund.outgo"), t("fund.outgo.note"))
    known = ((point, point.value.numerator if point.value else None) for point in flow.months)
    paid = [(point, fen) for point, fen in known if fen is not None]
    if not paid:
        st.caption(localized(flow.now, "reason") or t("indicator.no_trend"))
        return
    top = max(fen for _, fen in paid)
    every = -(-len(paid) // _MOST_LABELS)
    columns = []
    for number, (point, fen) in enumerate(paid):
        bar = element("i", "", style=f"height:{100 * fen // top if top else 0}%")
        name = element("span", point.end if number % every == 0 else "\N{NO-BREAK SPACE}")
        title = f"{month_name(point.end)}: {figures().money(fen)}"
        columns.append(list_link(bar + name, queries.OUTGO, point.window, title))
    scale = element("div", t("fund.outgo.top", money=figures().short_money(top)), "fw-muted fw-small")
    render(join([scale, element("div", join(columns), "fw-columns")]))


def _growth(flow: queries.PoolFlow) -> None:
    """The three factors then and now, and what each adds; the last row is the outgo."""
    growth, now, then = flow.growth, flow.outgo_now, flow.outgo_then
    if growth is None or now is None or then is None or flow.then is None:
        section(t("fund.growth"))
        st.caption(t("fund.growth.none"))
        return
    windows = flow.then.window, flow.now.window
    first, last = (period_name(window) for window in windows)
    section(t("fund.growth"), t("fund.growth.note", then=first, now=last))
    effects = (growth.people, growth.visits, growth.cost)
    factors = zip(_FACTORS.items(), _factor_texts(then, now), effects, strict=True)
    rows = [
        [
            t(f"fund.{name}"),
            *(list_link(text, indicator, window) for text, window in zip(texts, windows, strict=True)),
            _signed(effect),
        ]
        for (name, indicator), texts, effect in factors
    ]
    totals = [
        list_link(figures().money(outgo.fen), queries.OUTGO, window)
        for outgo, window in zip((then, now), windows, strict=True)
    ]
    rows.append([bold(t("fund.total")), *totals, bold(_signed(now.fen - then.fen))])
    table([t("fund.factor"), t("fund.then"), t("fund.now"), t("fund.effect")], rows, numeric=(1, 2, 3))
    render(styled(t("fund.growth.how"), "muted small"))


def _factor_texts(then: Outgo, now: Outgo) -> list[tuple[str, str]]:
    """The factors in both periods: people are whole, visits have two decimals, costs are money."""
    people, visits, cost = zip(then.factors, now.factors, strict=True)
    return [
        (figures().count(int(people[0])), figures().count(int(people[1]))),
        (written(float(visits[0]), "times"), written(float(visits[1]), "times")),
        (written(float(cost[0]), "yuan"), written(float(cost[1]), "yuan")),
    ]


def _signed(fen: int) -> str:
    return moved(Fraction(fen), "yuan") if fen else figures().money(0)
