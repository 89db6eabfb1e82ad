"""An institution next to its peers: ranks by money and risk, and its indicators."""

from __future__ import annotations

import streamlit as st

from dashboard.indicator_views.figures import moved, period_name, written
from dashboard.indicator_views.links import tile_link
from dashboard.markup import amount, bold, chip, section, table
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, t
from detection.store.queries.reader import ReadError
from detection.store.queries.subjects.indicators import BY, OwnIndicator, indicators_of
from detection.store.queries.subjects.institution import Peer, peers
from detection.store.queries.subjects.profile import Profile

_AROUND = 8
"""Peers that are shown: those next to the institution in the order by money."""


def draw_peers(subject: Profile) -> None:
    """The institution among those of its kind and level, with its neighbors in the order by money."""
    among = query(peers, subject.pseudonym)
    place = next((n for n, peer in enumerate(among) if peer.pseudonym == subject.pseudonym), None)
    if place is None:
        section(t("institution.peers"))
        st.caption(t("institution.no_peers"))
        return
    section(t("institution.peers"), _standing(among, among[place]))
    start = max(0, min(place - _AROUND // 2, len(among) - _AROUND))
    names = ("spend_rank", "name", "district", "money", "risk_rank", "alerts")
    table(
        [t(f"institution.column.{name}") for name in names],
        [_peer(peer, own=peer is among[place]) for peer in among[start : start + _AROUND]],
        numeric=(0, 3, 4, 5),
    )


def _standing(among: list[Peer], own: Peer) -> str:
    count = figures().count
    in_district = sum(peer.district == own.district for peer in among)
    parts = [
        t("institution.spend_rank", rank=count(own.spend_rank), peers=count(len(among))),
        t(
            "institution.district_rank",
            district=label("district", own.district),
            rank=count(own.district_rank),
            peers=count(in_district),
        ),
        t("institution.risk_rank", rank=count(own.risk_rank), peers=count(len(among)))
        if own.risk_rank
        else t("institution.no_risk"),
    ]
    return " · ".join(parts)


def _peer(peer: Peer, *, own: bool) -> list[str]:
    return [
        figures().count(peer.spend_rank),
        bold(peer.name) if own else subject_link("provider", peer.pseudonym, peer.name),
        label("district", peer.district),
        amount(peer.money),
        figures().count(peer.risk_rank) if peer.risk_rank else "–",
        figures().count(peer.alerts) if peer.alerts else "–",
    ]


def draw_indicators(subject: Profile) -> None:
    """Indicators of the institution, each against its peers or the city."""
    section(t("institution.indicators"), t("institution.indicators.note"))
    try:
        own = query(indicators_of, subject.pseudonym)
    except ReadError:  # a run of a version that measured none
        own = []
    if not own:
        st.caption(t("institution.no_indicators"))
        return
    names = ("indicator", "period", "value", "against", "people")
    table(
        [*(t(f"institution.column.{name}") for name in names), ""],
        [_indicator(each) for each in own],
        numeric=(2, 3, 4),
    )


def _indicator(each: OwnIndicator) -> list[str]:
    card, cell = each.tile.card, each.cell
    name = tile_link(card.words[language()].title, each.tile, by=BY, cell=cell.key)
    period = period_name(each.tile.point.window)
    if cell.value.sufficiency == "hidden":
        return [name, period, label("sufficiency", "hidden"), "–", "–", ""]
    return [
        name,
        period,
        written(cell.value.value, card.unit),
        _against(each),
        figures().count(cell.value.units or 0),
        chip(t("indicator.attention"), "fw-attention") if cell.attention else "",
    ]


def _against(each: OwnIndicator) -> str:
    own, other = each.cell.value.value, each.cell.against.value if each.cell.against else None
    if own is None or other is None:
        return "–"
    unit = each.tile.card.unit
    return t("indicator.apart", value=written(other, unit), difference=moved(own - other, unit))
