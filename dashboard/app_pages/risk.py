"""Risk: whom does most evidence point to? Lists of every kind of subject, with the kinds of evidence behind them."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.alert_views.signs import sign_chips
from dashboard.downloads import offer_list
from dashboard.glossary import explained
from dashboard.markup import empty_state, heading, lines, ribbon, styled, table
from dashboard.navigation import link
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, label, localized, t
from detection.followup.exports import RiskSubjects
from detection.store.queries import risk as queries


def main() -> None:
    """Draw the page."""
    heading(t("nav.risk"), t("risk.question"))
    counts = query(queries.counts)
    kind = choose_tab(
        "kind",
        t("risk.kind"),
        queries.KINDS,
        st.query_params.get("kind", ""),
        lambda name: f"{label('subject_kind', name)} {figures().count(counts[name])}",
        forget=("page",),
    )
    if not counts[kind]:
        empty_state(t("risk.none"), t("risk.none.text"))
        return
    note, files = st.columns([6, 1], vertical_alignment="center")
    with note:
        ribbon(t("risk.note"))
    with files:
        offer_list(RiskSubjects(kind), counts[kind], key=f"risk_{kind}")
    page = page_from_url(counts[kind])
    listed = query(queries.risk_list, kind, page=page, size=PAGE_ROWS)
    names = ("subject", "risk", "alerts", "spend_rank", "signs", "reasons")
    headings = {name: t(f"risk.column.{name}") for name in names}
    for name, means in (("risk", "risk"), ("signs", "evidence_kinds"), ("alerts", "alert")):
        headings[name] = explained(headings[name], means)
    columns = ["#", *headings.values()]
    table(columns, [_cells(kind, row) for row in listed.rows], numeric=(2, 3, 4))
    draw_pager(counts[kind], page, key=f"risk_{kind}")


def _cells(kind: str, row: queries.RiskRow) -> list[str]:
    its_alerts = {"subject": f"{kind}:{row.subject}", "list": "all"}
    return [
        str(row.rank),
        styled(subject_link(kind, row.subject, row.name), "wide"),
        figures().fixed(row.risk, 1),
        link(figures().count(row.alerts), "alerts", **its_alerts) if row.alerts else "–",
        figures().count(row.spend_rank) if row.spend_rank else "–",
        lines([sign_chips(row.signs), styled(_basis(row), "muted")]),
        _reasons(row),
    ]


def _reasons(row: queries.RiskRow) -> Markup:
    """Features in which the subject stands out; a dash where no model says any."""
    return lines([styled(localized(reason), "muted") for reason in row.reasons]) or Markup("–")


def _basis(row: queries.RiskRow) -> str:
    """What the risk rests on: how many kinds of evidence, and the rank without the strongest of them."""
    texts = []
    if row.kinds_in_run:
        texts.append(t("risk_basis.kinds", n=len(row.signs), of=row.kinds_in_run))
    if row.rank_without:
        texts.append(t("risk_basis.without_strongest", rank=figures().count(row.rank_without)))
    return t("separator").join(texts)


main()
