"""What was bought, and when: a lane for each item, or for each product of a premium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import altair as alt

from dashboard.charts.proof.drawing import (
    Drawing,
    Row,
    at,
    days_axis,
    dots,
    own_day,
    own_time,
    place,
    text,
)
from dashboard.wording import figures, t
from detection.proof.values import items_of

_MOST_LANES = 12
_COLUMNS = ("goods", "limited_items", "items")


def items(rows: Sequence[Row]) -> Drawing | None:
    """The items with most money; a dot for each purchase, as large as its amount."""
    bought = [(row, *item) for row in rows for item in _bought(row)]
    totals, times = Counter[str](), Counter[str]()
    for _, name, fen in bought:
        totals[name] += fen
        times[name] += 1
    if not totals:
        return None
    named = {
        name: t("chart.item", name=name, n=figures().count(times[name]), sum=figures().money(fen))
        for name, fen in sorted(totals.items(), key=lambda each: (-each[1], each[0]))[:_MOST_LANES]
    }
    values = [
        {
            "lane": named[name],
            "at": at(own_day(row)),
            "time": own_time(row),
            "place": place(row),
            "yuan": fen / 100,
            "exact": figures().money(fen),
        }
        for row, name, fen in bought
        if name in named
    ]
    days = alt.X("at:T", axis=days_axis(), scale=alt.Scale(padding=16))
    hints = {"time": "column.settled_at", "place": "column.place", "exact": "column.amount"}
    return Drawing("items", (dots(values, list(named.values()), days, hints),))


def _bought(row: Row) -> Iterator[tuple[str, int]]:
    """Items of the first column that the row has; of a premium its product and whom it insures."""
    for column in _COLUMNS:
        if row.proof.get(column):
            yield from items_of(row.proof[column])
            return
    if row.proof.get("premium_kind"):
        yield f"{text(row, 'premium_kind')} · {text(row, 'insured_person')}", row.pool + row.account
