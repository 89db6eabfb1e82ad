"""A strip of the peer group with the subject marked: is it unusual?"""

from __future__ import annotations

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.theme import ACCENT, FIT_WIDTH, INK, MUTED
from dashboard.wording import t
from detection.store.queries.peers import Strip

_MOST_TICKS = 400


def peer_strip(strip: Strip, said: str) -> Picture:
    """One tick per peer (evenly thinned when there are many), the median, and the subject as a dot.

    Args:
        strip: the peer group's values.
        said: the sentence that the picture shows.
    """
    step = max(len(strip.values) // _MOST_TICKS, 1)
    kept = [*strip.values[::step], strip.values[-1]]
    one = 100 if strip.unit.startswith("fen") else 1  # yuan are shown
    share = strip.unit == "share"
    shown = ".1%" if share else ",.3~f"
    axis = alt.Axis(grid=False, tickCount=6, format="%" if share else alt.Undefined)
    x = alt.X("value:Q", title=None, axis=axis)
    ticks = (
        chart_of([{"value": value / one} for value in kept])
        .mark_tick(color=MUTED, opacity=0.45, thickness=1.5, size=26)
        .encode(x=x)
    )
    median = (
        chart_of([{"value": strip.median / one}])
        .mark_tick(color=INK, thickness=2, size=36)
        .encode(x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.median"), format=shown))
    )
    own = chart_of([{"value": strip.value / one}])
    dot = own.mark_point(color=ACCENT, filled=True, size=110, opacity=1).encode(
        x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.subject"), format=shown)
    )
    chart: Picture = alt.layer(ticks, median, dot).properties(
        height=34,
        autosize=FIT_WIDTH,
        title=alt.TitleParams(said, anchor="start", fontSize=12, fontWeight="normal"),
    )
    return chart
