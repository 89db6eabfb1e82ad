"""Packets as a table: whose, how much by kind of money, who holds it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.alert_views.money import funds
from dashboard.casework_views.words import word
from dashboard.markup import chip, severity_chip, styled, table
from dashboard.navigation import link
from dashboard.wording import figures, label, t, time_text
from detection.store.queries.casework.packets import Packet


def draw_packets(rows: Sequence[Packet]) -> None:
    """The packets of a page of a list."""
    columns = (
        t("packet.subject"),
        t("packet.kind"),
        t("packet.severity"),
        t("packet.alerts"),
        t("packet.detectors"),
        t("packet.at_issue"),
        t("packet.in_question"),
        t("packet.period"),
        t("packet.held_by"),
    )
    table(columns, [_cells(row) for row in rows], numeric=(3, 4, 5, 6))


def packet_link(packet_id: str, text: str) -> Markup:
    """A link to a packet."""
    return link(text, "packet", id=packet_id)


def standing_text(packet: Packet) -> Markup:
    """Who holds a packet, or the case that it is in; free otherwise."""
    if packet.case_id:
        return link(packet.case_id, "case", id=packet.case_id)
    if packet.holder:
        return styled(packet.holder, "nowrap")
    return chip(t("packet.free"))


def since_text(packet: Packet) -> str:
    """Since when it is held."""
    return time_text(packet.since) if packet.since else ""


def _cells(packet: Packet) -> list[str]:
    mono = packet.subject == packet.pseudonym
    subject = styled(packet.subject, "mono") if mono else packet.subject
    days = figures().day
    return [
        packet_link(packet.packet_id, subject),
        word("packet_kind", packet.kind),
        severity_chip(packet.severity, packet.queue),
        figures().count(packet.alerts),
        figures().count(packet.detectors),
        funds(packet.money.at_issue),
        funds(packet.money.in_question),
        f"{days(packet.first)} – {days(packet.last)}",
        standing_text(packet),
    ]


def district_text(packet: Packet) -> str:
    """The district of a packet's alerts."""
    return label("district", packet.district) if packet.district else "–"
