"""What can be taken away from an alert: its evidence as a list."""

from __future__ import annotations

import streamlit as st

from dashboard.downloads import list_buttons
from dashboard.wording import t
from detection.followup.exports import AlertEvidence
from detection.store.queries.alert import AlertPage


def take_away(alert: AlertPage) -> None:
    """A menu of the files of an alert."""
    with st.popover(t("export.take_away"), icon=":material/download:", width="stretch"):
        list_buttons(AlertEvidence(alert.row.alert_id), alert.row.evidence_rows, key="evidence")
