"""Alert: what was seen, is it unusual, what speaks against it, what next?"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.actions import offer_actions
from dashboard.alert_rows import draw_prices, draw_rows
from dashboard.charts.peers import peer_strip
from dashboard.charts.pictures import picture
from dashboard.navigation import link
from dashboard.query_cache import detector_label, feature_words, query
from dashboard.theme import (
    amount,
    bullets,
    empty_state,
    heading,
    section,
    severity_chip,
    styled,
    table,
    titled,
)
from dashboard.wording import day, label, language, law, localized, number, setting, t
from detection.language.policy import policy_title, value_lines
from detection.store.queries import alert as queries
from detection.store.queries.alerts import Row
from detection.store.queries.family import OF_FAMILIES


def main() -> None:
    """Draw the page of the alert that the address names."""
    alert_id = st.query_params.get("id", "")
    found = query(queries.alert, alert_id) if alert_id else None
    if found is None:
        heading(t("nav.alert"), t("alert.question"))
        empty_state(t("alert.choose"), t("alert.choose.text"))
        st.html(link(t("alert.to_list"), "alerts"))
        return
    st.html(link("← " + t("alert.to_list"), "alerts", **st.session_state.get("last_list", {})))
    heading(localized(found.row, "title"), "")
    left, right = st.columns([2.35, 1], gap="medium")
    with left:
        _evidence_side(found)
    with right:
        st.html('<span class="fw-sticky"></span>')
        _case_side(found)


def _evidence_side(found: queries.AlertPage) -> None:
    st.html(f'<div class="fw-seen">{escape(localized(found, "seen"))}</div>')
    section(t("alert.picture"), label("picture", found.card.get("picture", "none_declared")))
    picture(found, query(queries.picture_rows, found.row.alert_id))
    _peers(found)
    _innocent(found)
    draw_prices(found)
    draw_rows(found)
    _card(found)


def _peers(found: queries.AlertPage) -> None:
    section(t("alert.peers"))
    strips = {one.feature: one for one in query(queries.peer_strips, found.row.alert_id)}
    for reason in found.reasons:
        one = strips.get(str(reason["feature"]))
        if one is None:
            bullets([localized(reason)])
        else:
            st.altair_chart(peer_strip(one, localized(reason)), key=f"strip_{one.feature}_{language()}")
    if not found.reasons:
        ranked = t("alert.peers.rank", rank=_rank(found.row)) if found.row.peer_rank else ""
        st.caption(f"{t(f'alert.peers.{found.detector_kind}')} {ranked}")


def _rank(row: Row) -> str:
    return t("rank.of", rank=row.peer_rank, peers=row.peers)


def _words(found: queries.AlertPage) -> dict[str, Any]:
    words: dict[str, Any] = found.card.get(language(), {})
    return words


def _innocent(found: queries.AlertPage) -> None:
    """Innocent explanations, and beside them the checks that were already made."""
    section(t("alert.innocent"))
    left, right = st.columns(2)
    with left:
        st.caption(t("alert.innocent.possible"))
        bullets(_words(found).get("innocent", ()))
    with right:
        st.caption(t("alert.innocent.checked"))
        if found.counter_evidence:
            bullets(_check(one) for one in found.counter_evidence)
        else:
            st.caption(t("alert.innocent.unchecked"))


def _check(one: dict[str, Any]) -> str:
    """A check in words, with what it did to the grade."""
    return t("alert.check", text=localized(one), effect=label("effect", str(one["effect"]).replace(" ", "_")))


def _card(found: queries.AlertPage) -> None:
    section(t("alert.card"), detector_label(found.row.detector))
    st.html(f"<p>{escape(str(_words(found).get('matters', '')))}</p>")
    context = {
        "typology": label("typology", found.row.typology),
        "certainty": label("certainty", found.certainty),
        "card_version": found.card_digest,
        "model_version": found.model_version,
        "law": t("separator").join(law(one) for one in found.legal_basis),
        "first_run": found.first_run_id,
        "run": found.run_id,
    }
    _facts({t(f"card.{name}"): escape(str(value)) for name, value in context.items() if value}, css="fw-left")
    used = [(name, one) for name, dated in found.values_used.items() for one in dated]
    if used:
        names = ("name", "value", "unit", "from", "status", "source")
        table([t(f"value.{name}") for name in names], [_value(found, *one) for one in used])


def _value(found: queries.AlertPage, name: str, used: dict[str, Any]) -> list[str]:
    """A line or policy value that was in force while the events happened."""
    title = policy_title(name, language()) if used["kind"] == "policy" else _line_title(found, name)
    return [
        titled(title, name),
        "<br>".join(escape(line) for line in _lines(used)),
        escape(label("unit", used["unit"])),
        styled(day(used["from"]), "nowrap"),
        styled(label("value_status", used["status"]), "nowrap"),
        escape(used["source"]),
    ]


def _line_title(found: queries.AlertPage, name: str) -> str:
    """What the card that raised the alert calls its line; the line's name where it does not say."""
    drawn = [one for one in found.card.get("line", ()) if one["name"] == name]
    return next((localized(one) for one in reversed(drawn) if localized(one)), name)


def _lines(used: dict[str, Any]) -> list[str]:
    """A policy's value by category, level or segment, a line each; any other value on one line."""
    value = used["value"]
    by_rows = isinstance(value, list) and any(isinstance(one, dict) for one in value)
    return value_lines(value, language()) if by_rows or isinstance(value, str) else [setting(value)]


def _facts(context: dict[str, str], css: str = "") -> None:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in context.items())
    st.html(f'<dl class="fw-facts {css}">{rows}</dl>')


def _case_side(found: queries.AlertPage) -> None:
    row = found.row
    st.html(severity_chip(row.severity, row.queue) + styled(label("status", row.status), "chip"))
    if localized(found, "closed"):
        st.caption(localized(found, "closed"))
    _facts(
        {
            t("alert.amount"): f"<b>{amount(row.pool + row.account)}</b>",
            t("fund.pool"): amount(row.pool),
            t("fund.account"): amount(row.account),
            t(
                "alert.subject"
            ): f"{escape(label('subject_kind', row.subject_kind))}<br><b>{escape(row.subject)}</b>",
            t("column.place"): link(row.place, "alerts", provider=found.provider, list="all")
            if row.place
            else "–",
            t("alert.period"): f"{escape(day(row.first))}<br>{escape(day(row.last))}",
        }
        | ({t("alert.rank"): _rank(row)} if row.peer_rank else {})
        | ({t("alert.people"): number(len(found.members))} if found.members else {})
    )
    _related(found)
    _leaves(found)
    section(t("alert.steps"))
    for place, step in enumerate(_words(found).get("follow_up", ())):
        st.checkbox(step, key=f"step_{row.alert_id}_{place}_{language()}", persist_state="session")
    section(t("alert.act"))
    offer_actions([row.alert_id], key="one", narrow=True)
    bullets(_event(one) for one in found.events)
    if found.similar:
        section(t("alert.similar"), t("alert.similar.note", n=found.similar_count))
        table(
            [t("column.severity"), t("column.title")],
            [
                [
                    severity_chip(one.severity, one.queue),
                    link(localized(one, "title"), "alert", id=one.alert_id),
                ]
                for one in found.similar
            ],
        )
        everything = t("alert.similar.all", n=found.similar_count + 1)
        st.html(link(everything, "alerts", subject=row.subject, list="all", status="any"))


def _event(one: queries.Event) -> str:
    """When, who, what, why."""
    return " · ".join(
        part
        for part in (
            one.at[:16].replace("T", " "),
            one.actor,
            label("action", one.action),
            localized(one, "note"),
        )
        if part
    )


def _related(found: queries.AlertPage) -> None:
    """The picture of the whole group or family, where the alert has one."""
    if found.row.subject_kind == "group":
        st.html(link(t("alert.open_network"), "network", css="fw-chip", id=found.row.alert_id))
    if found.row.subject_kind == "payer_account" and found.family == OF_FAMILIES:
        st.html(link(t("alert.open_family"), "family", css="fw-chip", payer=found.row.subject))


def _leaves(found: queries.AlertPage) -> None:
    """What would have to be explained for the alert to leave the list."""
    if not found.leaves_list_if:
        return
    section(t("alert.leaves"))
    st.caption(t("alert.leaves.text", rank=found.leaves_list_if["rank_then"]))
    bullets(feature_words(name, value) for name, value in found.leaves_values.items())


main()
