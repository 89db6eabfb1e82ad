"""Packets: whose alerts next? One row per institution, person, family or employer, on five desks."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.casework_views.packet_table import draw_packets
from dashboard.casework_views.tools.assignment import offer_assignment
from dashboard.casework_views.words import word
from dashboard.markup import empty_state, heading, ribbon
from dashboard.pager import PAGE_ROWS, draw_pager, page_from_url
from dashboard.query_cache import query_now
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, language, t
from detection.store.queries.casework.packets import QUEUES, PacketFilters, counts_by_queue, packets


def main() -> None:
    """Draw the list that the URL names."""
    heading(t("nav.packets"), t("packets.question"))
    free = st.query_params.get("free", "") == "1"
    tabs, only_free = st.columns([4, 1], vertical_alignment="center")
    counts = query_now(counts_by_queue, PacketFilters(free=free))
    with tabs:
        queue = choose_tab(
            "queue",
            t("nav.packets"),
            QUEUES,
            st.query_params.get("queue", ""),
            lambda name: f"{word('packet_queue', name)} {figures().count(counts[name])}",
            forget=("page",),
        )
    chosen = only_free.toggle(t("packets.free"), value=free, key=f"free_{free}_{language()}")
    if chosen != free:
        st.query_params["free"] = "1" if chosen else ""
        st.query_params.pop("page", None)
        st.rerun()
    if queue == "agency":
        ribbon(t("packets.signed"))
    filters = replace(PacketFilters(queue), free=free)
    total = counts[queue]
    if not total:
        empty_state(t("packets.none"), t("packets.none.text"))
        return
    page = page_from_url(total)
    rows = query_now(packets, filters, page=page, size=PAGE_ROWS)
    offer_assignment(rows)
    draw_packets(rows)
    draw_pager(total, page, key=f"packets_{queue}_{free}")


main()
