"""The indicators of one institution, each against what the indicator's card compares institutions with."""

from __future__ import annotations

from dataclasses import dataclass

from detection.store.queries.indicators import values
from detection.store.queries.indicators.values import Cell, Tile
from detection.store.queries.reader import Reader

BY = "provider_id"
"""What an indicator is cut by."""


@dataclass(frozen=True)
class OwnIndicator:
    """An indicator over its latest period, and the cell of the institution."""

    tile: Tile
    cell: Cell


def indicators_of(reader: Reader, pseudonym: str) -> list[OwnIndicator]:
    """The indicators of an institution, those that need attention first."""
    own = [
        OwnIndicator(tile, cell)
        for tile in _tiles(reader)
        for cell in values.cut(reader, tile.card.name, BY, tile.point.window).cells
        if cell.key == pseudonym
    ]
    return sorted(own, key=lambda each: not each.cell.attention)


def _tiles(reader: Reader) -> list[Tile]:
    return [tile for tile in values.grid(reader) if BY in tile.card.cuts and tile.point.value is not None]
