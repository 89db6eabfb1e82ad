"""What every Altair chart starts from and ends as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

Picture = alt.Chart | alt.LayerChart | alt.FacetChart


def chart_of(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    """A chart of rows that go into the chart itself: nothing is fetched later."""
    untyped: Any = alt.Data  # Altair ships it without types
    return alt.Chart(untyped(values=list(rows)))
