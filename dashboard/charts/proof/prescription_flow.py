"""From the institution and its prescriber to the pharmacy, as wide as the money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.charts.flow import sankey
from dashboard.charts.proof.drawing import Drawing, Row, integer, money, place, text
from dashboard.theme import ACCENT, MUTED

_MOST_LINKS = 14


def prescription_flow(rows: Sequence[Row]) -> Drawing | None:
    """Institution → prescriber → pharmacy; the largest flows."""
    flows = Counter[tuple[str, str, str]]()
    for row in rows:
        if row.proof.get("prescriber") and place(row):
            sum_ = integer(row, "total") or money(row)
            flows[text(row, "prescriber_place"), text(row, "prescriber"), place(row)] += sum_
    largest = [(flow, sum_) for flow, sum_ in flows.most_common(_MOST_LINKS) if sum_ > 0]
    if not largest:
        return None
    links, pharmacies = Counter[tuple[str, str]](), {pharmacy for (_, _, pharmacy), _ in largest}
    for (institution, prescriber, pharmacy), sum_ in largest:
        if institution and institution not in pharmacies:  # a flow never returns
            links[institution, prescriber] += sum_
        links[prescriber, pharmacy] += sum_
    names = dict.fromkeys(name for link in links for name in link)
    nodes = [(name, MUTED if name in pharmacies else ACCENT) for name in names]
    return Drawing("prescription_flow", flow=sankey(nodes, [(*link, sum_) for link, sum_ in links.items()]))
