"""Links to an indicator on its screen."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.navigation import link
from detection.store.queries.indicators.values import Tile


def tile_link(text: str, tile: Tile, title: str = "", css: str = "", **parameters: object) -> Markup:
    """A link to an indicator over the tile's period.

    Args:
        text: text or HTML.
        tile: the indicator and its period.
        title: shown on hover.
        css: classes of the style sheet.
        parameters: more of the address.
    """
    card, window = tile.card, tile.point.window
    return link(text, card.screen, title, css, indicator=card.name, window=window, **parameters)


def list_link(text: str, indicator: str, window: str, title: str = "", **parameters: object) -> Markup:
    """A link to the list behind an indicator of fund risk over a period, or behind one of its cells."""
    return link(text, "fund_risk", title, "", indicator=indicator, window=window, view="list", **parameters)
