"""The grid of a screen: a small card for each indicator; a click opens it next to the grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from dashboard.indicator_views.figures import change_of, month_name, quotient, remark_of, written
from dashboard.indicator_views.links import tile_link
from dashboard.markup import chip, element, join, render, styled, titled
from dashboard.wording import language, localized, t
from detection.store.queries.indicators.values import Tile

_TRACE_PIXELS = 22


def draw_grid(tiles: Sequence[Tile], chosen: Tile | None) -> None:
    """The cards; the chosen one is marked."""
    cards = (_card(tile, chosen=chosen is not None and tile.card.name == chosen.card.name) for tile in tiles)
    render(element("div", join(cards), "fw-tiles"))


def _card(tile: Tile, *, chosen: bool) -> Markup:
    card, point = tile.card, tile.point
    words, value = card.words[language()], point.value
    css = ["fw-card fw-tile", *(["fw-needs"] if point.attention else []), *(["fw-chosen"] if chosen else [])]
    change, against = change_of(tile)
    content = join(
        (
            styled(join([words.title, " ", _help(tile)]), "name"),
            styled(written(value.value, card.unit) if value else "–", "big num"),
            styled(join(_marks(tile)), "marks"),
            _trace(tile),
            styled(quotient(value, card.of) if value else localized(point, "reason"), "sub"),
            styled(join([element("b", change), " ", against] if change else [against]), "change"),
        )
    )
    return tile_link(content, tile, css=" ".join(css))


def _help(tile: Tile) -> Markup:
    """What the indicator means, on hover."""
    words = tile.card.words[language()]
    texts = (
        t("indicator.numerator_is", text=words.numerator),
        t("indicator.denominator_is", text=words.denominator),
        words.meaning,
    )
    return element("span", "?", "fw-help", title="\n".join(texts))


def _trace(tile: Tile) -> Markup:
    """A dot for each month at the height of its value, the last in the accent color; no dot where there is none."""
    values = [point.value.value if point.value else None for point in tile.months]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return element("span", "")
    low, span = min(known), max(known) - min(known)
    dots = (
        element(
            "i",
            "",
            "" if value is not None else "fw-none",
            style=f"margin-bottom:{_height(value, low, span)}px",
        )
        for value in values
    )
    first, last = (month_name(tile.months[index].end) for index in (0, -1))
    ends = (written(bound, tile.card.unit) for bound in (low, max(known)))
    text = t("indicator.trace", first=first, last=last, range=" – ".join(ends))
    return element("span", join(dots), "fw-trace", title=text)


def _height(value: float | None, low: float, span: float) -> int:
    return 0 if value is None or not span else round(_TRACE_PIXELS * (value - low) / span)


def _marks(tile: Tile) -> Iterator[Markup]:
    if tile.point.attention:
        yield chip(t("indicator.attention"), "fw-attention")
    if remark := remark_of(tile):
        yield chip(remark)
    if tile.illustrative and tile.point.value is not None:
        yield titled(chip(t("indicator.illustrative.short")), t("indicator.illustrative"))
