"""Filters of the list of alerts. They are kept in the URL, so that a link shows everybody the same list."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields, replace

import streamlit as st

from dashboard.query_cache import detector_label, query
from dashboard.wording import figures, label, language, t
from detection.store.queries import alerts as queries

_PICKED = ("family", "detector", "severity", "district", "provider_kind", "status", "change")
_WIDTHS = (1.05, 1.3, 1.1, 0.95, 0.95, 0.95, 0.95, 1.1, 1.25)
_DEFAULT = queries.Filters(list="findings")


def filters_from_url() -> queries.Filters:
    """The filters that the URL names; unknown lists and dates fall back to the defaults."""
    requested = {
        field.name: st.query_params[field.name]
        for field in fields(queries.Filters)
        if field.name in st.query_params
    }
    if requested.get("status") == "any":
        requested["status"] = ""
    for name in ("start", "end"):
        requested[name] = _iso_day(requested.get(name, ""))
    filters = replace(_DEFAULT, **requested)
    known = (*queries.LISTS, queries.SUSPICION)
    return filters if filters.list in known else replace(filters, list=_DEFAULT.list)


def _iso_day(text: str) -> str:
    """An ISO day; empty for anything else."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _write_to_url(filters: queries.Filters) -> None:
    default = asdict(_DEFAULT)
    for name, value in asdict(filters).items():
        if value == default[name]:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value or "any"


def draw_filters(filters: queries.Filters) -> None:
    """A row of controls; a change is written to the URL, and the script runs again."""
    choices = query(queries.choices)
    chosen: dict[str, str] = {}
    # Keys contain the value of the URL: after a link with other filters, no widget keeps its earlier choice.
    columns = st.columns(_WIDTHS, vertical_alignment="bottom")
    for column, name in zip(columns, (*_PICKED, "period", "text"), strict=True):
        with column:
            if name == "period":
                chosen |= _period(filters)
            elif name == "text":
                chosen["text"] = _text(filters.text)
            else:
                chosen[name] = _picker(name, choices[name], getattr(filters, name))
    changed = replace(filters, **chosen)
    if changed != filters:
        _write_to_url(changed)
        st.rerun()
    _draw_narrowed(filters)


def _text(current: str) -> str:
    return st.text_input(
        t("filter.text"), current, key=f"text_{current}_{language()}", placeholder=t("filter.text.hint")
    ).strip()


def _picker(name: str, values: list[str], current: str) -> str:
    first = ["open", ""] if name == "status" else [""]
    options = [*first, *(value for value in values if value not in first)]
    if current not in options:
        options.append(current)
    return st.selectbox(
        t(f"filter.{name}"),
        options,
        index=options.index(current),
        format_func=lambda value: _choice(name, value),
        key=f"{name}_{current}_{language()}",
    )


def _choice(name: str, value: str) -> str:
    if not value:
        return t("filter.any")
    return detector_label(value) if name == "detector" else label(name, value)


def _period(filters: queries.Filters) -> dict[str, str]:
    title = f"{filters.start}…{filters.end}" if filters.start or filters.end else t("filter.period")
    with st.popover(title, width="stretch"):
        start = st.date_input(
            t("filter.from"), filters.start or None, key=f"start_{filters.start}_{language()}"
        )
        end = st.date_input(t("filter.to"), filters.end or None, key=f"end_{filters.end}_{language()}")
    return {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}


def _draw_narrowed(filters: queries.Filters) -> None:
    """A button for each filter that only a link can set; it removes the filter."""
    for name in ("provider", "subject", "queue"):
        value = getattr(filters, name)
        if not value:
            continue
        text = label("queue", value) if name == "queue" else query(queries.institution_name, value)
        if st.button(t("filter.only", what=text) + " ✕", key=f"clear_{name}_{language()}"):
            _write_to_url(replace(filters, **{name: ""}))
            st.rerun()


def draw_lists(filters: queries.Filters, counts: dict[str, int]) -> None:
    """The lists with their counts; ``suspicion``, two lists together, only where a link names it."""
    lists = [*queries.LISTS] if filters.list in queries.LISTS else [filters.list, *queries.LISTS]
    chosen = st.segmented_control(
        t("alerts.lists"),
        lists,
        default=filters.list,
        format_func=lambda name: f"{label('list', name)}  {figures().count(counts[name])}",
        key=f"list_{filters.list}_{language()}",
        label_visibility="collapsed",
    )
    if chosen and chosen != filters.list:
        _write_to_url(replace(filters, list=chosen))
        st.rerun()
