"""Flows of money as ECharts options: from people to places, and through a family."""

from __future__ import annotations

from collections import Counter

from dashboard.theme import ACCENT, INK, MUTED
from dashboard.wording import label
from detection.store.queries.evidence import EvidenceRow
from detection.store.queries.family import Family

_MOST = 14
_YUAN = 100


def money_flow(rows: list[EvidenceRow], payer: str = "") -> dict[str, object]:
    """People → places, as wide as the money; only the largest flows.

    Args:
        rows: the evidence.
        payer: the account that paid for all of it, when there is one: it comes first.
    """
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[row.person, row.provider] += row.pool + row.account
    links = [(person, place, fen) for (person, place), fen in sums.most_common(_MOST) if fen > 0]
    if payer:
        per_person: Counter[str] = Counter()
        for person, _, fen in links:
            per_person[person] += fen
        paid = [(payer, person, fen) for person, fen in per_person.items() if person != payer]
        links = paid + links
    return sankey([(name, ACCENT) for name in _names(links)], links)


def family_flow(family: Family) -> dict[str, object]:
    """Payer → beneficiary → place; relatives insured elsewhere are gray."""
    relation = {
        relative.beneficiary: f"{relative.beneficiary} · {label('relation', relative.relation)}"
        for relative in family.relatives
    }
    to_person: Counter[str] = Counter()
    to_place: Counter[tuple[str, str]] = Counter()
    for payment in family.payments:
        to_person[payment.beneficiary] += payment.amount
        to_place[payment.beneficiary, payment.place] += payment.amount
    links = [(family.payer, relation[who], fen) for who, fen in to_person.most_common(_MOST) if fen > 0]
    links += [(relation[who], place, fen) for (who, place), fen in to_place.most_common(_MOST) if fen > 0]
    elsewhere = {relation[relative.beneficiary] for relative in family.relatives if not relative.insured_here}
    return sankey([(name, MUTED if name in elsewhere else ACCENT) for name in _names(links)], links)


def _names(links: list[tuple[str, str, int]]) -> list[str]:
    return list(dict.fromkeys(name for start, end, _ in links for name in (start, end)))


def sankey(nodes: list[tuple[str, str]], links: list[tuple[str, str, int]]) -> dict[str, object]:
    """An ECharts option: nodes with their colors, links in fen."""
    return {
        "tooltip": {
            "trigger": "item",
            "renderMode": "richText",
            "valueFormatter": "%,.2f",
        },  # names are never HTML
        "animation": False,
        "series": [
            {
                "type": "sankey",
                "left": 8,
                "right": 190,
                "top": 10,
                "bottom": 10,
                "nodeGap": 12,
                "nodeWidth": 14,
                "emphasis": {"focus": "adjacency"},
                "label": {"fontSize": 12, "color": INK, "textBorderColor": "#ffffff", "textBorderWidth": 3},
                "lineStyle": {"color": "source", "opacity": 0.25},
                "data": [{"name": name, "itemStyle": {"color": color}} for name, color in nodes],
                "links": [
                    {"source": start, "target": end, "value": fen / _YUAN} for start, end, fen in links
                ],
            }
        ],
    }
