"""The grid of a screen: a small card for each indicator; a click opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from dashboard.indicator_views.figures import moved, period_name, quotient, remark_of, written
from dashboard.indicator_views.links import tile_link
from dashboard.markup import chip, element, join, render, styled
from dashboard.wording import language, localized, t
from detection.store.queries.indicators.values import Tile


def draw_grid(tiles: Sequence[Tile], chosen: Tile | None) -> None:
    """The cards; the chosen one is marked."""
    name = chosen.card.name if chosen else ""
    cards = (_card(tile, chosen=tile.card.name == name) for tile in tiles)
    render(element("div", join(cards), "fw-cards"))


def _card(tile: Tile, *, chosen: bool) -> Markup:
    card, point = tile.card, tile.point
    words, value = card.words[language()], point.value
    figure = written(value.value, card.unit) if value else "–"
    below = quotient(value, card.of) if value else localized(point, "reason")
    change = (
        t("indicator.against", change=moved(tile.change, card.unit), period=period_name(tile.against))
        if tile.change is not None
        else ""
    )
    content = join(
        (
            styled(words.title, "name"),
            styled(figure, "big num"),
            styled(join(_marks(tile)), "marks"),
            styled(below, "sub"),
            styled(change or period_name(point.window), "sub"),
        )
    )
    hint = f"{words.numerator} / {words.denominator}"
    return tile_link(content, tile, title=hint, css="fw-card fw-chosen" if chosen else "fw-card")


def _marks(tile: Tile) -> Iterator[Markup]:
    if tile.point.attention:
        yield chip(t("indicator.attention"), "fw-attention")
    if remark := remark_of(tile):
        yield chip(remark)
    if tile.illustrative and tile.point.value is not None:
        yield chip(t("indicator.illustrative"))
