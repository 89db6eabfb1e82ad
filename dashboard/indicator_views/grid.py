"""The grid of a screen: one small card per indicator; a click opens it."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicator_views.figures import moved, period_name, quotient, said_of, written
from dashboard.markup import chip, element, join, render, styled
from dashboard.navigation import link
from dashboard.wording import language, localized, t
from detection.store.queries.indicators import Tile


def draw_grid(screen: str, tiles: list[Tile], chosen: str) -> None:
    """The cards; the chosen one is marked."""
    cards = (_card(screen, tile, chosen=tile.card.name == chosen) for tile in tiles)
    render(element("div", join(cards), "fw-cards"))


def _card(screen: str, tile: Tile, *, chosen: bool) -> Markup:
    card, point = tile.card, tile.point
    words = card.words[language()]
    value = point.value
    big = written(value.value, card.unit) if value else "–"
    below = quotient(value, card.of) if value else localized(point, "reason")
    change = (
        t("indicator.against", change=moved(tile.change, card.unit), period=period_name(tile.against))
        if tile.change is not None
        else ""
    )
    content = join(
        (
            styled(words.title, "name"),
            styled(big, "big num"),
            styled(join(_marks(tile)), "marks"),
            styled(below, "sub"),
            styled(change or period_name(point.window), "sub"),
        )
    )
    hint = f"{words.numerator} / {words.denominator}"
    css = "fw-card fw-chosen" if chosen else "fw-card"
    return link(content, screen, title=hint, css=css, indicator=card.name, window=point.window)


def _marks(tile: Tile) -> list[Markup]:
    marks = []
    if tile.point.attention:
        marks.append(chip(t("indicator.attention"), "fw-attention"))
    if said_of(tile):
        marks.append(chip(said_of(tile)))
    if tile.illustrative and tile.point.value is not None:
        marks.append(chip(t("indicator.illustrative")))
    return marks
