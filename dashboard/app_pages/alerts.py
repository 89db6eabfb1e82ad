"""Alerts: which of these next? Filters stand in the address; rows are filtered, sorted and paged in the store."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields, replace
from html import escape
from typing import Any

import streamlit as st

from dashboard.actions import offer_actions
from dashboard.navigation import open_page
from dashboard.query_cache import detector_label, query
from dashboard.theme import amount, empty_state, heading
from dashboard.wording import exact, label, language, money, number, plain, t
from detection.language.messages import grade_group
from detection.store.queries import alerts as queries

PAGE_ROWS = 25
_PICKED = ("family", "detector", "severity", "district", "provider_kind", "status", "change")
_ROW_PIXELS = 30


def main() -> None:
    """Draw the page."""
    heading(t("nav.alerts"), t("alerts.question"))
    filters = _filter_line(_from_address())
    counts = query(queries.counts_by_list, filters)
    lists, sorts, pages = st.columns([1.75, 0.9, 0.75], vertical_alignment="center")
    with lists:
        _lists(filters, counts)
    with sorts:
        sort = _sort()
    with pages:
        page = _page(counts[filters.list], sort)
    st.session_state["last_list"] = {name: value for name, value in st.query_params.items() if name != "lang"}
    above = st.container()  # above the totals: the table's own tools float over what is next to it
    _totals(query(queries.totals_apart, filters))
    if not counts[filters.list]:
        empty_state(t("alerts.none"), t("alerts.none.text"))
        return
    rows = query(queries.rows, filters, sort=sort, page=page, size=PAGE_ROWS)
    picked = _table(rows, key=f"{asdict(filters)}|{sort}|{page}|{language()}")
    with above:
        offer_actions(picked, key="list")
    st.caption(t("alerts.picked", n=len(picked)))


def _from_address() -> queries.Filters:
    """The filters that the address asks for; nothing else of the address is believed."""
    asked = {
        one.name: st.query_params[one.name] for one in fields(queries.Filters) if one.name in st.query_params
    }
    if asked.get("status") == "any":
        asked["status"] = ""
    for name in ("start", "end"):
        asked[name] = _day(asked.get(name, ""))
    found = replace(queries.Filters(list="findings"), **asked)
    known = (*queries.LISTS, queries.SUSPICION)
    return found if found.list in known else replace(found, list="findings")


def _day(text: str) -> str:
    """An ISO day; empty for anything else."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _to_address(filters: queries.Filters) -> None:
    standard = asdict(queries.Filters(list="findings"))
    for name, value in asdict(filters).items():
        if value == standard[name]:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value or "any"


def _filter_line(filters: queries.Filters) -> queries.Filters:
    """One line of filters; what is chosen goes into the address at once."""
    known = query(queries.choices)
    chosen: dict[str, str] = {}
    # The key holds the address's value: a link to this page with other filters must not meet an older choice.
    for place, name in zip(
        st.columns([1.05, 1.3, 1.1, 0.95, 0.95, 0.95, 0.95, 1.1, 1.25], vertical_alignment="bottom"),
        (*_PICKED, "period", "text"),
        strict=True,
    ):
        with place:
            if name == "period":
                chosen |= _period(filters)
            elif name == "text":
                chosen["text"] = st.text_input(
                    t("filter.text"),
                    filters.text,
                    key=f"text_{filters.text}_{language()}",
                    placeholder=t("filter.text.hint"),
                ).strip()
            else:
                chosen[name] = _picker(name, known[name], getattr(filters, name))
    new = replace(filters, **chosen)
    if new != filters:
        _to_address(new)
        st.rerun()
    _narrowed(filters)
    return filters


def _picker(name: str, values: list[str], now: str) -> str:
    first = ["open", ""] if name == "status" else [""]
    options = [*first, *(value for value in values if value not in first)]
    if now not in options:
        options.append(now)
    return st.selectbox(
        t(f"filter.{name}"),
        options,
        index=options.index(now),
        format_func=lambda value: _choice(name, value),
        key=f"{name}_{now}_{language()}",
    )


def _choice(name: str, value: str) -> str:
    if not value:
        return t("filter.any")
    return detector_label(value) if name == "detector" else label(name, value)


def _period(filters: queries.Filters) -> dict[str, str]:
    with st.popover(
        t("filter.period") if not (filters.start or filters.end) else f"{filters.start}…{filters.end}",
        width="stretch",
    ):
        start = st.date_input(
            t("filter.from"), filters.start or None, key=f"start_{filters.start}_{language()}"
        )
        end = st.date_input(t("filter.to"), filters.end or None, key=f"end_{filters.end}_{language()}")
    return {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}


def _narrowed(filters: queries.Filters) -> None:
    """Name what a link narrowed the list to and the filter line cannot show, with a way out."""
    narrowed = {name: getattr(filters, name) for name in ("provider", "subject", "queue")}
    for name, value in narrowed.items():
        if not value:
            continue
        what = label("queue", value) if name == "queue" else query(queries.named, value)
        if st.button(t("filter.only", what=what) + " ✕", key=f"clear_{name}_{language()}"):
            _to_address(replace(filters, **{name: ""}))
            st.rerun()


def _lists(filters: queries.Filters, counts: dict[str, int]) -> None:
    """Four lists, and everything, each with its count; two of them together where a figure asked for them."""
    lists = [*queries.LISTS] if filters.list in queries.LISTS else [filters.list, *queries.LISTS]
    chosen = st.segmented_control(
        t("alerts.lists"),
        lists,
        default=filters.list,
        format_func=lambda name: f"{label('list', name)}  {number(counts[name])}",
        key=f"list_{filters.list}_{language()}",
        label_visibility="collapsed",
    )
    if chosen and chosen != filters.list:
        _to_address(replace(filters, list=chosen))
        st.rerun()


def _sort() -> str:
    """How to sort; kept in the address."""
    asked = st.query_params.get("sort", "risk")
    asked = asked if asked in queries.SORTS else "risk"
    chosen = st.segmented_control(
        t("alerts.sort"),
        list(queries.SORTS),
        default=asked,
        format_func=lambda name: label("sort", name),
        key=f"sort_{asked}_{language()}",
        label_visibility="collapsed",
    )
    if chosen and chosen != asked:
        st.query_params["sort"] = chosen
        st.rerun()
    return asked


def _page(total: int, sort: str) -> int:
    """Which page; the key changes with what is paged, so that another list starts at its first page."""
    pages = -(-total // PAGE_ROWS)
    if pages <= 1:
        return 1
    with st.container(horizontal=True, horizontal_alignment="right"):
        return st.pagination(pages, key=f"page_{total}_{sort}", max_visible_pages=5)


def _totals(parts: dict[str, queries.Totals]) -> None:
    """Count and money of exactly this list; of the list of everything, the money of each part that is not added."""
    if len(parts) == 1:
        [found] = parts.values()
        text = t("alerts.totals", **_figures(found))
    else:
        everything = sum(one.alerts for one in parts.values())
        lines = [t("alerts.totals.apart", n=f"<b>{number(everything)}</b>")]
        lines += [
            t("alerts.totals.part", list=escape(label("list", name)), **_figures(one))
            for name, one in parts.items()
        ]
        text = "<br>".join(lines)
    st.html(f'<div class="fw-ribbon">{text}</div>')


def _figures(found: queries.Totals) -> dict[str, str]:
    return {
        "n": f"<b>{number(found.alerts)}</b>",
        "pool": _both(found.pool),
        "account": _both(found.account),
    }


def _both(fen: int) -> str:
    """Short, and to the fen where that is not the same."""
    exactly = "" if money(fen) == exact(fen) else f" ({escape(exact(fen))})"
    return f"<b>{amount(fen)}</b>{exactly}"


def _table(rows: list[queries.Row], *, key: str) -> list[str]:
    """One page of rows; gives the ids of those chosen.

    The key changes with page, filters and sort, so that a choice of rows never outlives them.
    """
    clicked = f"open|{key}"
    chosen = st.dataframe(
        [_shown(one) for one in rows],
        key=f"rows|{key}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        row_height=_ROW_PIXELS,
        height=_ROW_PIXELS * (len(rows) + 1) + 2,
        column_config=_columns(clicked),
        placeholder="–",
    )
    click = st.session_state.get(clicked)
    if click is not None and click["row"] < len(rows):
        open_page("alert", id=rows[click["row"]].alert_id)
    return [rows[place].alert_id for place in chosen.selection.rows if place < len(rows)]


def _shown(one: queries.Row) -> dict[str, Any]:
    return {
        "severity": label(grade_group(one.queue), one.severity),
        "title": detector_label(one.detector),
        "subject": one.subject,
        "kind": label("subject_kind", one.subject_kind),
        "place": one.place,
        "rank": t("rank.short", rank=one.peer_rank, peers=one.peers) if one.peer_rank else None,
        "pool": plain(one.pool),
        "account": plain(one.account),
        "rows": one.evidence_rows,
        "first": one.first,
        "last": one.last,
        "change": label("change", one.change),
        "status": label("status", one.status),
    }


_WIDTHS = {
    "severity": 108,
    "title": 146,
    "subject": 124,
    "kind": 80,
    "place": 146,
    "rank": 68,
    "pool": 86,
    "account": 92,
    "rows": 46,
    "first": 82,
    "last": 82,
    "change": 64,
    "status": 58,
}  # pixels: together with the tick box they fill a window of 1440
_RIGHT = ("rank", "pool", "account")


def _columns(clicked: str) -> dict[str, Any]:
    column = st.column_config
    shown: dict[str, Any] = {
        name: column.TextColumn(
            t(f"column.{name}"), width=width, alignment="right" if name in _RIGHT else "left"
        )
        for name, width in _WIDTHS.items()
    }
    shown["title"] = column.ButtonColumn(
        t("column.title"), type="tertiary", alignment="left", key=clicked, width=_WIDTHS["title"]
    )
    shown["rows"] = column.NumberColumn(t("column.rows"), width=_WIDTHS["rows"])
    return shown


main()
