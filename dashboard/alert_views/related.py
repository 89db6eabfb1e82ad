"""What is related to an alert: the group or account that it is about, and other alerts on its subject."""

from __future__ import annotations

from dashboard.markup import render, section, severity_chip, styled, table
from dashboard.navigation import link
from dashboard.wording import localized, t
from detection.store.queries.alert import AlertPage
from detection.store.queries.family import FAMILY_ACCOUNTS


def link_to_subject(alert: AlertPage) -> None:
    """A link to the network or family account that the alert is about."""
    if alert.row.subject_kind == "group":
        render(link(t("alert.open_network"), "network", css="fw-chip", id=alert.row.alert_id))
    if alert.row.subject_kind == "payer_account" and alert.family == FAMILY_ACCOUNTS:
        render(link(t("alert.open_family"), "family", css="fw-chip", payer=alert.row.subject))


def draw_similar(alert: AlertPage) -> None:
    """Other alerts on the same subject."""
    if not alert.similar:
        return
    section(t("alert.similar"), t("alert.similar.note", n=alert.similar_count))
    rows = []
    for row in alert.similar:
        title = styled(link(localized(row.title), "alert", id=row.alert_id), "prose")  # the column is narrow
        rows.append([severity_chip(row.severity, row.queue), title])
    table([t("column.severity"), t("column.title")], rows)
    everything = t("alert.similar.all", n=alert.similar_count + 1)
    about = f"{alert.row.subject_kind}:{alert.row.pseudonym}"
    render(link(everything, "alerts", subject=about, list="all", status="any"))
