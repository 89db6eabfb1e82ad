"""Whom a subject shares settlements with: a list for each tie, most money first, paged in the query."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import amount, section, styled, table
from dashboard.pager import draw_pager, page_from_url
from dashboard.query_cache import query
from dashboard.subjects import PAGES, subject_link
from dashboard.wording import figures, t
from detection.store.queries.subjects.profile import Profile, TieRow, ties

_ROWS = 10


def draw_tie(subject: Profile, name: str) -> None:
    """The list of a tie; an empty one says what is absent."""
    total = subject.ties[name]
    section(t(f"tie.{name}"), figures().count(total) if total else "")
    if not total:
        st.caption(t(f"tie.none.{PAGES[subject.kind]}.{name}"))
        return
    parameter = f"{name}_page"
    page = page_from_url(total, parameter=parameter, size=_ROWS)
    rows = query(ties, subject.kind, subject.pseudonym, name, page=page, size=_ROWS)
    funds = [
        fund for fund in ("pool", "account", "mutual_aid") if any(getattr(row.sums, fund) for row in rows)
    ]
    with_people = "person" not in (subject.kind, rows[0].kind)
    columns = [
        t("tie.who"),
        t("tie.settlements"),
        *([t("tie.people")] if with_people else []),
        *(t(f"tie.{fund}") for fund in funds),
        t("column.last"),
    ]
    cells = [_cells(row, funds, with_people=with_people) for row in rows]
    table(columns, cells, numeric=range(1, len(columns) - 1))
    draw_pager(total, page, key=f"{name}_{subject.pseudonym}", parameter=parameter, size=_ROWS, narrow=True)


def _cells(row: TieRow, funds: list[str], *, with_people: bool) -> list[str]:
    return [
        subject_link(row.kind, row.pseudonym, row.name),
        figures().count(row.sums.settlements),
        *([figures().count(row.people)] if with_people else []),
        *(amount(getattr(row.sums, fund)) for fund in funds),
        styled(figures().day(row.last) if row.last else "–", "nowrap"),
    ]
