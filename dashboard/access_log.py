"""Who saw real ids, and who took files away: the last entries of the store."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import section, styled, table
from dashboard.query_cache import query_now
from dashboard.wording import figures, label, t, time_text
from detection.store.queries.disclosure.log import ExportEntry, RevealEntry, last_exports, last_reveals

_MOST = 50


def draw_access_log() -> None:
    """Reveals, then files."""
    section(t("log.reveals"), t("log.reveals.note", n=figures().count(_MOST)))
    reveals = query_now(last_reveals, _MOST)
    if reveals:
        names = ("at", "actor", "what", "subject", "until", "reason")
        table([t(f"log.{name}") for name in names], [_reveal(entry) for entry in reveals])
    else:
        st.caption(t("log.none"))
    section(t("log.exports"), t("log.exports.note", n=figures().count(_MOST)))
    exports = query_now(last_exports, _MOST)
    if exports:
        names = ("at", "actor", "what", "detail", "format", "rows")
        table([t(f"log.{name}") for name in names], [_export(entry) for entry in exports], numeric=(5,))
    else:
        st.caption(t("log.none"))


def _reveal(entry: RevealEntry) -> list[str]:
    subject = entry.subject or t("log.list", n=figures().count(entry.rows))
    until = time_text(entry.until) if entry.until else "–"
    return [
        styled(time_text(entry.at), "nowrap"),
        entry.actor,
        label("disclosed", entry.what),
        styled(subject, "mono"),
        until,
        entry.reason,
    ]


def _export(entry: ExportEntry) -> list[str]:
    return [
        styled(time_text(entry.at), "nowrap"),
        entry.actor,
        label("disclosed", entry.what),
        styled(entry.detail, "hash"),
        entry.file_format,
        figures().count(entry.rows),
    ]
