"""Filters of the list of alerts. They are kept in the URL, so that a link shows everybody the same list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, fields, replace

import streamlit as st

from dashboard.alert_views.list_name import PARAMETER, draw_list_name
from dashboard.identities import unmasked
from dashboard.markup import literal
from dashboard.query_cache import detector_label, query
from dashboard.wording import DAY_FORMAT, figures, label, language, t
from detection.store.queries import alerts as queries
from detection.store.queries.filters import values_of

_SHOWN = ("severity", "detector", "status")
_MORE = ("family", "district", "provider_kind", "change")
_NARROWED = ("provider", "subject", "involved", "queue", "money_kind")
_DEFAULT = queries.Filters(list="findings")
_ANY_STATUS = "any"


def filters_from_url(parameters: Mapping[str, str] | None = None) -> queries.Filters:
    """The filters that an address names; unknown lists and dates fall back to the defaults.

    Args:
        parameters: of the address; those of the page that is shown by default.
    """
    given = st.query_params if parameters is None else parameters
    requested = {field.name: given[field.name] for field in fields(queries.Filters) if field.name in given}
    if requested.get("status") == _ANY_STATUS:
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


def _go_to(filters: queries.Filters) -> None:
    """Show the first page of the list with other filters."""
    default = asdict(_DEFAULT)
    st.query_params.pop("page", None)
    for name, value in asdict(filters).items():
        if value == default[name]:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value or _ANY_STATUS
    st.rerun()


def draw_filters(filters: queries.Filters) -> None:
    """A row of controls; a change is written to the URL, and the script runs again."""
    choices = query(queries.choices)
    with st.container(key="filters"):
        columns = st.columns((1.2, 1.5, 1.2, 0.8, 1, 1.5, 0.7), vertical_alignment="center")
    chosen: dict[str, str] = {}
    for column, name in zip(columns, _SHOWN, strict=False):
        with column:
            chosen[name] = _picker(name, choices[name], getattr(filters, name), in_row=True)
    with columns[3]:
        chosen |= _period(filters)
    with columns[4]:
        chosen |= _more(filters, choices)
    with columns[5]:
        chosen["text"] = _text(filters.text)
    changed = replace(filters, **chosen)
    with columns[6]:
        if st.button(
            t("filter.reset"), key=_key("reset", filters), width="stretch", disabled=not _set(filters)
        ):
            st.query_params.pop(PARAMETER, None)  # a name says what the list is filtered by
            changed = replace(_DEFAULT, list=filters.list)
    if changed != filters:
        _go_to(changed)
    _draw_narrowed(filters)


def _set(filters: queries.Filters) -> bool:
    """Whether anything but the list is filtered."""
    return filters != replace(_DEFAULT, list=filters.list)


def _key(name: str, value: object) -> str:
    """Key of a control; it contains what the URL says, so that after a link no control keeps its earlier choice."""
    return f"{name}_{value}_{language()}"


def _text(current: str) -> str:
    return st.text_input(
        t("filter.text"),
        current,
        key=_key("text", current),
        placeholder=t("filter.text.hint"),
        label_visibility="collapsed",
    ).strip()


def _picker(name: str, values: list[str], current: str, *, in_row: bool = False) -> str:
    """A choice of several values; none means any.

    Args:
        name: of the filter.
        values: to choose from.
        current: what the address names, separated by commas.
        in_row: in the row above the list its name stands inside, so that more rows of the list are in view.
    """
    first = ["open"] if name == "status" else []
    chosen = values_of(current)
    options = list(dict.fromkeys([*first, *values, *chosen]))
    picked = st.multiselect(
        t(f"filter.{name}"),
        options,
        default=chosen,
        format_func=lambda value: detector_label(value) if name == "detector" else label(name, value),
        key=_key(name, current),
        placeholder=t(f"filter.{name}") if in_row else t("filter.any"),
        label_visibility="collapsed" if in_row else "visible",
    )
    return ",".join(picked)


def _more(filters: queries.Filters, choices: Mapping[str, list[str]]) -> dict[str, str]:
    number = sum(1 for name in _MORE if getattr(filters, name))
    title = t("filter.more.set", n=figures().count(number)) if number else t("filter.more")
    with st.popover(title, width="stretch"):
        chosen = {name: _picker(name, choices[name], getattr(filters, name)) for name in _MORE}
        draw_list_name()
    return chosen


def _period(filters: queries.Filters) -> dict[str, str]:
    title = t("filter.period.set") if filters.start or filters.end else t("filter.period")
    with st.popover(title, width="stretch"):
        start = st.date_input(
            t("filter.from"), filters.start or None, format=DAY_FORMAT, key=_key("start", filters.start)
        )
        end = st.date_input(
            t("filter.to"), filters.end or None, format=DAY_FORMAT, key=_key("end", filters.end)
        )
    return {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}


def _draw_narrowed(filters: queries.Filters) -> None:
    """The period, and a button for each filter that only a link can set; it removes the filter."""
    if filters.start or filters.end:
        day = figures().day
        st.caption(
            t(
                "filter.period.shown",
                start=day(filters.start) if filters.start else "…",
                end=day(filters.end) if filters.end else "…",
            )
        )
    for name in _NARROWED:
        value = getattr(filters, name)
        if not value:
            continue
        text = _narrowed_to(name, value)
        if st.button(t("filter.only", what=literal(text)) + " ✕", key=f"clear_{name}_{language()}"):
            _go_to(replace(filters, **{name: ""}))


def _narrowed_to(name: str, value: str) -> str:
    match name:
        case "queue":
            return label("queue", value)
        case "money_kind":
            return label("money_kind", value)
        case "involved":
            return _involved_name(*value.partition(":")[::2])
        case _:
            return query(queries.institution_name, value.rpartition(":")[2])


def _involved_name(kind: str, pseudonym: str) -> str:
    name = query(queries.institution_name, pseudonym) if kind == "provider" else unmasked(pseudonym)
    return t("filter.involved", kind=label("subject_kind", kind), name=name)


def draw_lists(filters: queries.Filters, counts: dict[str, int]) -> None:
    """The lists with their counts; ``suspicion``, two lists together, only where a link names it."""
    lists = [*queries.LISTS] if filters.list in queries.LISTS else [filters.list, *queries.LISTS]
    chosen = st.segmented_control(
        t("alerts.lists"),
        lists,
        default=filters.list,
        format_func=lambda name: f"{label('list', name)}  {figures().count(counts[name])}",
        key=_key("list", filters.list),
        label_visibility="collapsed",
    )
    if chosen and chosen != filters.list:
        _go_to(replace(filters, list=chosen))
