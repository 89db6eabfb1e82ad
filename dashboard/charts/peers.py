"""A strip of the peer group with the subject marked: is it unusual?"""

from __future__ import annotations

import altair as alt

from dashboard.charts.drawing import Picture, chart_of
from dashboard.data import feature_words
from dashboard.look import ACCENT, FIT_WIDTH, INK, MUTED
from dashboard.wording import number, t
from detection.store.read.peers import Strip

_MOST_TICKS = 400


def peer_strip(strip: Strip) -> Picture:
    """One tick per peer (evenly thinned when there are many), the median, and the subject as a labelled dot."""
    step = max(len(strip.values) // _MOST_TICKS, 1)
    kept = [*strip.values[::step], strip.values[-1]]
    x = alt.X("value:Q", title=None, axis=alt.Axis(grid=False, tickCount=6))
    ticks = (
        chart_of([{"value": value} for value in kept])
        .mark_tick(color=MUTED, opacity=0.45, thickness=1.5, size=26)
        .encode(x=x)
    )
    median = (
        chart_of([{"value": strip.median}])
        .mark_tick(color=INK, thickness=2, size=36)
        .encode(x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.median"), format=",.3~f"))
    )
    own = chart_of([{"value": strip.value}])
    dot = own.mark_point(color=ACCENT, filled=True, size=110, opacity=1).encode(
        x="value:Q", tooltip=alt.Tooltip("value:Q", title=t("peers.subject"), format=",.3~f")
    )
    said = t(
        "peers.title",
        feature=feature_words(strip.feature, strip.value),
        rank=number(strip.rank),
        peers=number(len(strip.values)),
        median=number(round(strip.median, 2)),
    )
    chart: Picture = alt.layer(ticks, median, dot).properties(
        height=34,
        autosize=FIT_WIDTH,
        title=alt.TitleParams(said, anchor="start", fontSize=12, fontWeight="normal"),
    )
    return chart
