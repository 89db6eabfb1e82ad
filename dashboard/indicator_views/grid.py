"""The grid of a screen: one small card per indicator; a click opens it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.indicator_views.figures import moved, period_name, quotient, said_of, written
from dashboard.navigation import address
from dashboard.theme import chip, styled
from dashboard.wording import language, localized, t
from detection.store.queries.indicators import Tile


def draw_grid(screen: str, tiles: list[Tile], chosen: str) -> None:
    """The cards; the chosen one is marked."""
    st.html(
        '<div class="fw-cards">'
        + "".join(_card(screen, one, one.card.name == chosen) for one in tiles)
        + "</div>"
    )


def _card(screen: str, tile: Tile, chosen: bool) -> str:
    card, point = tile.card, tile.point
    words = card.words[language()]
    value = point.value
    big = written(value.value, card.unit) if value else "–"
    below = quotient(value, card.of) if value else localized(point, "reason")
    marks = "".join(_marks(tile))
    change = (
        t("indicator.against", change=moved(tile.change, card.unit), period=period_name(tile.against))
        if tile.change is not None
        else ""
    )
    inside = "".join(
        (
            styled(words.title, "name"),
            styled(big, "big num"),
            f'<span class="fw-marks">{marks}</span>',
            styled(below, "sub"),
            styled(change or period_name(point.window), "sub"),
        )
    )
    href = address(screen, indicator=card.name, window=point.window)
    hint = escape(f"{words.numerator} / {words.denominator}", quote=True)
    css = "fw-card fw-chosen" if chosen else "fw-card"
    return f'<a class="{css}" href="{escape(href, quote=True)}" target="_self" title="{hint}">{inside}</a>'


def _marks(tile: Tile) -> list[str]:
    found = []
    if tile.point.attention:
        found.append(chip(t("indicator.attention"), "fw-attention"))
    if said_of(tile):
        found.append(chip(said_of(tile)))
    if tile.illustrative and tile.point.value is not None:
        found.append(chip(t("indicator.illustrative")))
    return found
