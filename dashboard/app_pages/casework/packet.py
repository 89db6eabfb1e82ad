"""Packet: all open alerts about one subject, the money once, and what to do with it."""

from __future__ import annotations

import streamlit as st

from dashboard.alert_views.money import money_lines
from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.pack_button import offer_pack
from dashboard.casework_views.packet_actions import offer_packet_actions
from dashboard.casework_views.packet_table import district_text, since_text, standing_text
from dashboard.casework_views.suppressions import draw_suppressions, offer_suppression
from dashboard.casework_views.words import word
from dashboard.markup import amount, empty_state, heading, join, lines, ribbon, section, severity_chip, table
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query_now
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, localized, t
from detection.store.queries.alerts import Row
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import Packet
from detection.store.queries.casework.suppressions import suppressions
from detection.store.queries.reader import ReadError


def main() -> None:
    """Draw the packet that the URL names."""
    try:
        page = query_now(packet_page, st.query_params.get("id", ""))
    except ReadError:
        heading(t("nav.packet"), t("packet.question"))
        empty_state(t("packet.unknown"), t("packet.unknown.text"))
        return
    if page.packet is None:
        heading(t("nav.packet"), t("packet.question"))
        links = join([link(case_id, "case", id=case_id) for case_id in page.cases], " ")
        empty_state(t("packet.ended"), join([t("packet.ended.text"), links], " "))
        _suppressions(st.query_params["id"])
        return
    heading(page.packet.subject, t("packet.question"))
    _ribbon(page.packet)
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        section(t("packet.inside"), t("packet.inside.note"))
        _alerts(page.alerts)
    with right:
        section(t("packet.work"), t("packet.work.note"))
        offer_packet_actions(page.packet)
        if acting().districts is None:
            offer_suppression(page.packet.packet_id, page.alerts)
        offer_pack(page.packet.packet_id)
        if page.cases:
            st.caption(t("packet.cases"))
            table([t("case.number")], [[link(case_id, "case", id=case_id)] for case_id in page.cases])
    _suppressions(page.packet.packet_id)


def _suppressions(packet_id: str) -> None:
    rows = query_now(suppressions, today(), packet_id=packet_id)
    if rows:
        section(t("suppress.title"), t("suppress.title.note"))
        draw_suppressions(rows)


def _ribbon(packet: Packet) -> None:
    kind = word("packet_kind", packet.kind)
    subject = "person" if packet.kind == "family" else packet.kind
    parts = [
        word("packet_queue", packet.queue),
        subject_link(subject, packet.pseudonym, kind) if packet.kind != "group" else kind,
        district_text(packet),
        t(
            "packet.counts",
            alerts=figures().count(packet.alerts),
            detectors=figures().count(packet.detectors),
        ),
        standing_text(packet),
        since_text(packet),
    ]
    ribbon(lines([join([part for part in parts if part], " · "), *money_lines(packet.money)]))


def _alerts(rows: tuple[Row, ...]) -> None:
    columns = ("severity", "title", "subject", "money_kind", "pool", "account")
    table(
        [*(t(f"column.{name}") for name in columns), t("packet.period"), t("column.status")],
        [
            [
                severity_chip(row.severity, row.queue),
                link(detector_label(row.detector), "alert", title=localized(row.title), id=row.alert_id),
                subject_link(row.subject_kind, row.pseudonym, row.subject),
                label("money_kind_short", row.money_kind),
                amount(row.pool),
                amount(row.account),
                lines([figures().day(row.first), figures().day(row.last)]),
                label("status", row.status),
            ]
            for row in rows
        ],
        numeric=(4, 5),
    )


main()
