"""The districts of an indicator as bars next to the value of the city; without districts, its first cut."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.indicator_views.figures import cell_name, written
from dashboard.indicator_views.links import tile_link
from dashboard.markup import element, join, render, styled
from dashboard.query_cache import query
from dashboard.wording import figures, label, t
from detection.store.queries.indicators import values as queries

_FIRST = ("district", "respondent_group", "person_category", "provider_kind")
_MOST = 8


def draw_bars(tile: queries.Tile) -> None:
    """A bar for each cell, the highest first, with a line where the city is; each opens its list."""
    by = next((cut for cut in _FIRST if cut in tile.card.cuts), tile.card.cuts[0])
    cells = query(queries.cut, tile.card.name, by, tile.point.window).cells
    known = [(cell, cell.value.value) for cell in cells if cell.value.value is not None]
    city = tile.point.value.value if tile.point.value else None
    if not known or city is None:
        return
    known.sort(key=lambda pair: -pair[1])
    values = [city, 0.0, *(value for _, value in known)]
    scale = min(values), max(values)
    rows = [_bar(tile, by, cell, value, city, scale) for cell, value in known[:_MOST]]
    title = f"{label('cut', by)} · " + t("indicator.districts", value=written(city, tile.card.unit))
    parts = [element("div", element("b", title), "fw-bars-title"), element("div", join(rows), "fw-bars")]
    if withheld := sum(cell.value.sufficiency in ("hidden", "withheld") for cell in cells):
        parts.append(styled(t("indicator.cells_withheld", n=figures().count(withheld)), "muted small"))
    if (more := len(known) - _MOST) > 0:
        parts.append(tile_link(t("indicator.more_cells", n=figures().count(more)), tile, by=by, view="cut"))
    render(join(parts))


def _bar(
    tile: queries.Tile, by: str, cell: queries.Cell, value: float, city: float, scale: tuple[float, float]
) -> Markup:
    name = cell_name(by, cell.label, tile.card.parts)
    low, high = _share(min(value, 0.0), scale), _share(max(value, 0.0), scale)
    bar = element(
        "i", "", "fw-attended" if cell.attention else "", style=f"left:{low:.1f}%;width:{high - low:.1f}%"
    )
    line = element("em", "", style=f"left:{_share(city, scale):.1f}%")
    return join(
        [
            tile_link(name, tile, by=by, cell=cell.key, view="list"),
            element("span", bar + line, "fw-track"),
            styled(written(value, tile.card.unit), "num"),
        ]
    )


def _share(value: float, scale: tuple[float, float]) -> float:
    """Where a value lies between the ends of the scale, in per cent."""
    low, high = scale
    return 100 * (value - low) / (high - low) if high > low else 0.0
