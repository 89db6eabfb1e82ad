"""Flows of money as ECharts options: from people to places, and through a family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from dashboard.family_views.relations import relation_text
from dashboard.theme import ACCENT, INK, MUTED
from dashboard.wording import t
from detection.families.flows import Flows, flows_of
from detection.store.queries.evidence import EvidenceRow
from detection.store.queries.family import Family

MOST = 14
"""Flows that are drawn one by one."""

_MOST_PEOPLE = 30
_YUAN = 100


def money_flow(rows: list[EvidenceRow], payer: str = "") -> dict[str, object]:
    """People → places, as wide as the money: the largest flows one by one, all others as one.

    Args:
        rows: the evidence.
        payer: the account that paid for all of it, when there is one: it comes first.
    """
    places = {row.institution or row.provider: row.provider for row in rows}
    paid = ((row.person, row.institution or row.provider, row.pool + row.account) for row in rows)
    links = _links(flows_of(paid, most=MOST), payer, _distinct(places))
    return sankey([(name, ACCENT) for name in _names(links)], links)


def family_flow(family: Family, flows: Flows) -> dict[str, object]:
    """Payer → beneficiary → place; relatives insured elsewhere are gray."""
    people = {
        relative.beneficiary: f"{relative.beneficiary} · {relation_text(relative)}"
        for relative in family.relatives
    }
    places = _distinct({payment.institution: payment.place for payment in family.payments})
    links = _links(flows, family.payer, people | places)
    elsewhere = {people[relative.beneficiary] for relative in family.relatives if not relative.insured_here}
    return sankey([(name, MUTED if name in elsewhere else ACCENT) for name in _names(links)], links)


_Link = tuple[str, str, int]


def _links(flows: Flows, payer: str, names: Mapping[str, str] = MappingProxyType({})) -> list[_Link]:
    """Payer → person → place, with everybody's other flows as one place, and where people are many, the rest as one.

    What came to nothing or less has no width: it is in the sums and the tables only.
    """
    everybody = list(dict.fromkeys(flow.person for flow in (*flows.largest, *flows.others)))
    shown = everybody if len(everybody) <= _MOST_PEOPLE else {flow.person for flow in flows.largest}
    rest = t("family.others.people", n=len(everybody) - len(shown))
    others = t("family.others.node", n=len(flows.others))

    def name(person: str) -> str:
        return names.get(person, person) if person in shown else rest

    paid, other = Counter[str](), Counter[str]()
    for flow in (*flows.largest, *flows.others):
        paid[name(flow.person)] += flow.amount
    for flow in flows.others:
        other[name(flow.person)] += flow.amount
    from_payer = [(payer, person, fen) for person, fen in paid.most_common() if payer not in ("", person)]
    single = [(name(flow.person), names.get(flow.place, flow.place), flow.amount) for flow in flows.largest]
    together = [(person, others, fen) for person, fen in other.most_common()]
    return [link for link in (*from_payer, *single, *together) if link[2] > 0]


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Names of places by pseudonym, with the pseudonym where several have one name: a node is known by its name."""
    many = Counter(names.values())
    return {key: name if many[name] == 1 else f"{name} {key}" for key, name in names.items()}


def _names(links: list[_Link]) -> list[str]:
    return list(dict.fromkeys(name for start, end, _ in links for name in (start, end)))


def sankey(nodes: list[tuple[str, str]], links: list[_Link]) -> dict[str, object]:
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
