"""Home: what must I do, what is new or worse, where should we go?"""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st
from markupsafe import Markup

from dashboard.alert_views.detector_links import detector_links
from dashboard.alert_views.inspection_plan import draw_inspection_plan
from dashboard.alert_views.money import money_lines
from dashboard.charts.spend import money_by_week, spend_by_month
from dashboard.glossary import explained
from dashboard.markup import (
    amount,
    element,
    heading,
    join,
    lines,
    message_markup,
    render,
    ribbon,
    section,
    sparkline,
    styled,
    table,
)
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, t, time_text
from detection.language.reason_of_place import of_institution
from detection.store.queries import home as queries
from detection.store.queries.alerts import Totals
from detection.store.queries.home.figures import HEADLINES


def main() -> None:
    """Draw the page."""
    home = query(queries.home)
    heading(t("nav.home"), t("home.question"))
    _data_ribbon(home.ribbon)
    render(element("div", join(_card(figure) for figure in home.figures), "fw-cards"))
    _apart(home.apart)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        section(t("home.institutions"), t("home.institutions.note"))
        _institutions(home.institutions)
    with right:
        section(t("home.weekly"), _legend())
        for number, chart in enumerate(money_by_week(home.weekly)):
            st.altair_chart(chart, key=f"weekly_{number}_{language()}")
        st.caption(t("home.weekly.note"))
        section(t("home.spend"), t("home.spend.note"))
        for number, chart in enumerate(spend_by_month(list(home.monthly))):
            st.altair_chart(chart, key=f"spend_{number}_{language()}")
    draw_inspection_plan()


def _legend() -> Markup:
    """The kinds of money in the colors of the chart by week."""
    return join([styled(label("money_kind_short", kind), f"kind-{kind} nowrap") for kind in HEADLINES], " ")


def _data_ribbon(summary: queries.Ribbon) -> None:
    rows, count = summary.intake.rows, figures().count
    counts = t(
        "home.read",
        read=count(rows("read")),
        used=count(rows("accepted")),
        quarantined=count(rows("quarantined")),
        excluded=count(rows("excluded")),
    )
    not_assessable = t("home.not_assessable", n=summary.not_assessable, partial=summary.partial)
    parts = [
        t("home.complete", day=figures().day(summary.complete_to)),
        link(counts, "data", part="tables"),
        link(not_assessable, "data", part="matrix"),
        t("home.run", number=summary.run_number, at=time_text(summary.finished_at)),
    ]
    ribbon(join(parts, " · "))


def _card(figure: queries.Figure) -> Markup:
    """A figure; the whole card links to the list that it counts."""
    totals, still_open = figure.totals, figures().count(figure.still_open)
    if figure.name in HEADLINES:
        money = totals.of(figure.name)
        name: str = explained(label("money_kind", figure.name), f"money_{figure.name}")
        value = styled(lines([_fund("pool", money.pool), _fund("account", money.account)]), "funds")
        exact = t("home.both_funds", pool=figures().money(money.pool), account=figures().money(money.account))
        below = t("home.of_alerts", n=still_open)
    else:
        name, exact = explained(t(f"home.figure.{figure.name}"), "change"), ""
        value = styled(figures().count(totals.alerts), "big num")
        below = t("home.still_open", n=still_open)
    content = join((styled(name, "name"), value, sparkline(figure.months), styled(below, "sub")))
    filters = {name: value for name, value in asdict(figure.filters).items() if value}
    return link(
        content, "alerts", title=exact, css="fw-card", **filters | {"status": figure.filters.status or "any"}
    )


def _fund(fund: str, fen: int) -> Markup:
    return join([styled(t(f"home.fund.{fund}"), "muted"), styled(figures().short_money(fen), "sum num")], " ")


def _apart(lists: tuple[tuple[str, Totals], ...]) -> None:
    """Lists that are about nobody, in one line: they are never added to the figures above."""
    parts = []
    for name, totals in lists:
        listed = link(f"{label('list', name)} {figures().count(totals.alerts)}", "alerts", list=name)
        money = join(money_lines(totals), t("home.why.separator"))
        parts.append(message_markup("home.apart.part", list=listed, money=money) if totals.kinds else listed)
    ribbon(join([t("home.apart"), join(parts, " · ")], " "))


def _institutions(rows: tuple[queries.InstitutionRow, ...]) -> None:
    if not rows:
        st.caption(t("home.institutions.none"))
        return
    columns = [
        "#",
        *(t(f"home.column.{name}") for name in ("institution", "why", "expected", "since")),
    ]
    table(columns, [_institution(number, row) for number, row in enumerate(rows, 1)], numeric=(3,))


def _institution(number: int, row: queries.InstitutionRow) -> list[str]:
    about = " · ".join(
        (label("provider_kind", row.kind), label("level", row.level), label("district", row.district))
    )
    its_alerts = {"provider": row.provider, "queue": queries.INSTITUTION_QUEUE, "list": "all"}
    name = lines([subject_link("provider", row.provider, row.name), styled(about, "muted nowrap")])
    return [
        str(number),
        styled(name, "wide"),
        lines([_why(row), _chips(row, its_alerts)]),
        amount(row.expected_fen),
        styled(figures().day(row.since), "nowrap"),
    ]


def _why(row: queries.InstitutionRow) -> str:
    """The reason of an institution's place, in words: its kinds of evidence, and its money."""
    money = {kind: row.totals.of(kind) for kind in row.totals.kinds}
    return of_institution([detector_label(name) for name in row.kinds], money, language())


def _chips(row: queries.InstitutionRow, its_alerts: dict[str, str]) -> Markup:
    """Links to all alerts of an institution, and to those of each of its main detectors."""
    total = t("home.all", n=figures().count(row.totals.alerts))
    everything = link(total, "alerts", css="fw-chip", **its_alerts)
    return detector_links(row.chips, its_alerts, before=[everything])


main()
