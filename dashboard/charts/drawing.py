"""Common parts of the Altair charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

Picture = alt.Chart | alt.LayerChart | alt.FacetChart
CLOCK = "floor(datum.value) + ':' + pad(round(60 * (datum.value % 1)), 2, '0', 'left')"
"""Vega expression for the labels of an axis of hours."""


def chart_of(rows: Sequence[Mapping[str, object]]) -> alt.Chart:
    """A chart that contains its rows, so that the browser fetches nothing."""
    untyped: Any = alt.Data  # Altair ships it without types
    return alt.Chart(untyped(values=list(rows)))
