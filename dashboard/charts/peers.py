"""The values of a peer group on a strip, with the subject marked."""

from __future__ import annotations

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, INK, MUTED
from dashboard.wording import t
from detection.store.queries.peers import Strip

_MOST_TICKS = 400


def peer_strip(strip: Strip, sentence: str) -> Picture:
    """A tick for each peer (evenly thinned when there are many), the median, and the subject as a dot.

    Args:
        strip: the peer group's values.
        sentence: the reason that the picture illustrates.
    """
    step = max(len(strip.values) // _MOST_TICKS, 1)
    kept = [*strip.values[::step], strip.values[-1]]
    divisor = 100 if strip.unit.startswith("fen") else 1  # yuan are shown
    share = strip.unit == "share"
    number_format = ".1%" if share else ",.3~f"
    axis = alt.Axis(grid=False, tickCount=6, format="%" if share else alt.Undefined)
    x = alt.X("value:Q", title=None, axis=axis)
    ticks = (
        chart_of([{"value": value / divisor} for value in kept])
        .mark_tick(color=MUTED, opacity=0.45, thickness=1.5, size=26)
        .encode(x=x)
    )
    median = (
        chart_of([{"value": strip.median / divisor}])
        .mark_tick(color=INK, thickness=2, size=36)
        .encode(x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.median"), format=number_format))
    )
    own = chart_of([{"value": strip.value / divisor}])
    dot = own.mark_point(color=ACCENT, filled=True, size=110, opacity=1).encode(
        x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.subject"), format=number_format)
    )
    chart: Picture = alt.layer(ticks, median, dot).properties(
        height=34,
        autosize=FIT_WIDTH,
        title=alt.TitleParams(sentence, anchor="start", fontSize=12, fontWeight="normal"),
    )
    return chart
