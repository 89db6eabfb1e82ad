"""The timeline of a case, newest first: who did what, as what, with reason and paper."""

from __future__ import annotations

from dashboard.casework_views.words import word
from dashboard.markup import join, lines, section, styled, table
from dashboard.wording import figures, t, time_text
from detection.cases.codes import codes
from detection.cases.life_cycle import life_cycle
from detection.store.queries.casework.cases import CasePage, Event


def draw_history(page: CasePage) -> None:
    """All moves and records of a case."""
    section(t("case.history"), t("case.history.note"))
    columns = (t("case.at"), t("case.who"), t("case.move"), t("case.state"), t("case.what"))
    table(columns, [_cells(page.case.kind, event) for event in reversed(page.events)])


def _cells(kind: str, event: Event) -> list[str]:
    who = (
        join([event.actor, styled(word("role", event.role), "muted")], " ")
        if event.role
        else word("actor", event.actor)
    )
    return [
        styled(time_text(event.at), "nowrap"),
        who,
        word("move", event.move),
        word(f"{kind}_state", event.after),
        lines(_details(kind, event)),
    ]


def _details(kind: str, event: Event) -> list[str]:
    cycle = life_cycle("lead" if kind == "lead" else "case")
    move = cycle.move.get(event.move)
    group = codes().group(move.codes) if move and move.codes else ""
    paper = " ".join(part for part in (event.document, event.document_day) if part)
    parts = [
        word(group, event.code) if event.code else "",
        event.reason,
        t("case.paper", paper=paper) if paper else "",
        t("case.until.day", day=figures().day(event.until)) if event.until else "",
        t("separator").join(event.people),
    ]
    return [part for part in parts if part]
