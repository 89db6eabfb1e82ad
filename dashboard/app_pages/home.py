"""Home: what must I do, what is new or worse, where should we go?"""

from __future__ import annotations

from dataclasses import asdict
from html import escape

import streamlit as st

from dashboard.charts.spend import alerts_by_week, spend_by_month
from dashboard.navigation import address, link
from dashboard.query_cache import detector_label, query
from dashboard.theme import amount, chip, heading, section, sparkline, styled, table
from dashboard.wording import day, exact, label, language, money, number, t
from detection.store.queries import home as queries
from detection.store.queries.alerts import Totals

_MOST_CHIPS = 4


def main() -> None:
    """Draw the page."""
    shown = query(queries.home)
    heading(t("nav.home"), t("home.question"))
    _data_ribbon(shown.ribbon)
    st.html('<div class="fw-cards">' + "".join(_card(one) for one in shown.figures) + "</div>")
    _apart(shown.apart)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        section(t("home.institutions"), t("home.institutions.note"))
        _institutions(shown.institutions)
    with right:
        section(t("home.changed"), t("home.weekly.note"))
        st.altair_chart(alerts_by_week(list(shown.weekly)), key=f"weekly_{language()}")
        section(t("home.spend"), t("home.spend.note"))
        for place, chart in enumerate(spend_by_month(list(shown.monthly))):
            st.altair_chart(chart, key=f"spend_{place}_{language()}")


def _data_ribbon(ribbon: queries.Ribbon) -> None:
    rows = ribbon.intake.rows
    counted = t(
        "home.read",
        read=number(rows("read")),
        used=number(rows("accepted")),
        quarantined=number(rows("quarantined")),
        excluded=number(rows("excluded")),
    )
    parts = [
        escape(t("home.complete", day=day(ribbon.complete_to))),
        link(counted, "data", part="tables"),
        link(
            t("home.not_assessable", n=ribbon.not_assessable, partial=ribbon.partial), "data", part="matrix"
        ),
        escape(t("home.run", number=ribbon.run_number, at=ribbon.finished_at[:16].replace("T", " "))),
    ]
    st.html('<div class="fw-ribbon">' + " · ".join(parts) + "</div>")


def _card(figure: queries.Figure) -> str:
    """One figure; the whole card opens the list behind it."""
    of_money = figure.name in ("pool", "account")
    fen = getattr(figure.totals, figure.name, 0)
    big = money(fen) if of_money else number(figure.totals.alerts)
    hint = exact(fen) if of_money else ""
    below = t("home.of_alerts", n=number(figure.totals.alerts)) if of_money else _both(figure.totals)
    href = address("alerts", **_asked(figure))
    inside = "".join(
        (
            styled(t(f"home.figure.{figure.name}"), "name"),
            styled(big, "big num"),
            sparkline(figure.months),
            styled(below, "sub"),
        )
    )
    attributes = f'href="{escape(href, quote=True)}" target="_self" title="{escape(hint)}"'
    return f'<a class="fw-card" {attributes}>{inside}</a>'


def _both(of_list: Totals) -> str:
    return t("home.both_funds", pool=money(of_list.pool), account=money(of_list.account))


def _asked(figure: queries.Figure) -> dict[str, str]:
    """The filters that are set, and the list of what is about people and institutions."""
    return {name: value for name, value in asdict(figure.filters).items() if value}


def _apart(lists: tuple[tuple[str, Totals], ...]) -> None:
    """What is no suspicion of anybody, in one line: it is never added to the figures above."""
    parts = [
        link(f"{label('list', name)} {number(one.alerts)}", "alerts", list=name)
        + (f" ({escape(_both(one))})" if one.pool or one.account else "")
        for name, one in lists
    ]
    st.html(f'<div class="fw-ribbon">{escape(t("home.apart"))} {" · ".join(parts)}</div>')


def _institutions(rows: tuple[queries.InstitutionRow, ...]) -> None:
    if not rows:
        st.caption(t("home.institutions.none"))
        return
    columns = [
        "#",
        *(t(f"home.column.{name}") for name in ("institution", "alerts")),
        *(t(f"fund.{name}") for name in ("pool", "account")),
        *(t(f"home.column.{name}") for name in ("rank", "since")),
    ]
    table(columns, [_institution(place, one) for place, one in enumerate(rows, 1)], numeric=(3, 4, 5))


def _institution(place: int, one: queries.InstitutionRow) -> list[str]:
    about = " · ".join(
        (label("provider_kind", one.kind), label("level", one.level), label("district", one.district))
    )
    chips = "".join(
        link(
            f"{detector_label(detector)} {many}",
            "alerts",
            css="fw-chip",
            provider=one.provider,
            queue=queries.OF_INSTITUTIONS,
            detector=detector,
            list="all",
        )
        for detector, many in one.chips[:_MOST_CHIPS]
    )
    if len(one.chips) > _MOST_CHIPS:
        chips += chip(t("home.more", n=len(one.chips) - _MOST_CHIPS))
    of_all = {"provider": one.provider, "queue": queries.OF_INSTITUTIONS, "list": "all"}
    total = link(t("home.all", n=number(one.totals.alerts)), "alerts", css="fw-chip", **of_all)
    rank = t("rank.of", rank=one.peer_rank, peers=one.peers) if one.peer_rank else "–"
    return [
        str(place),
        f'<span class="fw-wide">{link(one.name, "alerts", **of_all)}'
        f"<br>{styled(about, 'muted nowrap')}</span>",
        total + chips,
        amount(one.totals.pool),
        amount(one.totals.account),
        escape(rank),
        styled(day(one.since), "nowrap"),
    ]


main()
