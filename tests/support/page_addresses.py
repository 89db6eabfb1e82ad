"""An address of every page of the screens that fills it: what tests of all pages and their pictures open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlencode

import polars as pl

from dashboard.gate.access import DEMO
from dashboard.navigation import allowed_pages
from dashboard.subjects import PAGES
from detection.detectors.catalogue import catalogue
from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.casework.cases import CaseFilters, cases
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.family import family, payers
from detection.store.queries.reader import Reader, open_reader
from detection.store.queries.subjects.lookup import files_of

_MOST_ALERTS = 1000
_MOST_FAMILIES = 40
"""Looked at for the one to show."""


def page_addresses(workspace: Path) -> dict[str, str]:
    """Address of each page that a demo has, without the language, by the page's name.

    Args:
        workspace: in which a run has finished.
    """
    with open_reader(workspace) as reader:
        assert reader is not None, "no run has finished in this workspace"
        alerts = rows(reader, Filters(), size=_MOST_ALERTS)
        given = {
            **_of_subjects(reader),
            **_of_evidence(reader, alerts),
            **_of_casework(reader),
            "search": {"q": next((alert.place for alert in alerts if alert.place), "")},
        }
    return {name: _address(name, given.get(name, {})) for name in allowed_pages(DEMO.actor)}


def pictured_alerts(workspace: Path) -> dict[str, str]:
    """Address of the first alert with each picture that a card declares, by ``alert_`` and the picture's name."""
    pictures = {name: detector.card.picture for name, detector in catalogue().items()}
    addresses: dict[str, str] = {}
    with open_reader(workspace) as reader:
        assert reader is not None, "no run has finished in this workspace"
        for alert in rows(reader, Filters(), size=_MOST_ALERTS):
            name = f"alert_{pictures[alert.detector]}"
            addresses.setdefault(name, _address("alert", {"id": alert.alert_id}))
    return addresses


def _address(name: str, parameters: dict[str, str]) -> str:
    return f"{'' if name == 'home' else name}?{urlencode(parameters)}".rstrip("?")


def _of_subjects(reader: Reader) -> dict[str, dict[str, str]]:
    """The subject of each kind with the most money."""
    files = files_of(reader)
    addresses: dict[str, dict[str, str]] = {}
    for kind, page in PAGES.items():
        totals = files.scan(kind, "totals")
        if totals is not None:
            first = totals.sort("money", "id", descending=[True, False]).select(pl.col("id").first())
            addresses[page] = {"id": reader.identity(kind, str(first.collect().item()))}
    return addresses


def _of_casework(reader: Reader) -> dict[str, dict[str, str]]:
    """The packet that somebody holds, else the first; and the case that has gone farthest, if there is any."""
    listed = packets(reader, PacketFilters(), size=_MOST_ALERTS)
    shown = next((packet for packet in listed if packet.holder), listed[0])
    opened = cases(reader, CaseFilters("case"), dt.date.max) or cases(reader, CaseFilters(), dt.date.max)
    return {
        "packet": {"id": shown.packet_id},
        "case": {"id": opened[-1].case_id} if opened else {},
        "packets": {"queue": shown.queue},
    }


def _of_evidence(reader: Reader, alerts: list[Row]) -> dict[str, dict[str, str]]:
    """The first alert, the first group, and of the accounts with the most kinds of alerts that with most people."""
    groups = [alert for alert in alerts if alert.subject_kind == "group"]
    accounts = payers(reader)
    most = max((len(kinds) for _, kinds in accounts), default=0)
    families = [family(reader, account) for account, kinds in accounts if len(kinds) == most][:_MOST_FAMILIES]
    return {
        "alert": {"id": (groups or alerts)[0].alert_id} if alerts else {},
        "network": {"id": groups[0].alert_id} if groups else {},
        "family": {"payer": max(filter(None, families), key=lambda each: len(each.relatives)).payer}
        if accounts
        else {},
    }
