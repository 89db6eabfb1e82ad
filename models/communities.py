"""Communities of a graph of pairs, and families among people. NetworkX is imported for the first graph: it is slow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from models.meetings.pairs import PAIR

if TYPE_CHECKING:
    import networkx as nx

_PARTNERS = 2  # two partners make three people: with fewer it is a pair, not a group


def communities(pairs: pl.DataFrame) -> list[tuple[int, ...]]:
    """Communities of the graph of pairs (Louvain), each sorted, largest first; people with one partner are left out.

    The graph is built in an order of what people did, never of their ids, so that other ids give the same groups.

    Args:
        pairs: person_a, person_b (codes), days, first_day, surprise.
    """
    if pairs.is_empty():
        return []
    import networkx as nx

    order = {person: number for number, person in enumerate(_canonical(pairs))}
    edges = sorted(
        (*sorted((order[first], order[second])), days)
        for first, second, days in pairs.select(*PAIR, "days").iter_rows()
    )
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(order)))
    graph.add_weighted_edges_from(edges)
    graph = nx.k_core(graph, _PARTNERS)
    names = list(order)
    parts: Sequence[set[int]] = nx.community.louvain_communities(graph, seed=0) if graph.size() else []
    return sorted(
        (tuple(sorted(names[node] for node in part)) for part in parts), key=lambda part: (-len(part), part)
    )


def _canonical(pairs: pl.DataFrame) -> list[int]:
    """People in the order of what they did: partners, days, first day, surprise."""
    sides = pl.concat(
        [pairs.select(pl.col(side).alias("person_id"), "days", "first_day", "surprise") for side in PAIR]
    )
    people = sides.group_by("person_id").agg(
        partners=pl.len(),
        days=pl.col("days").sum(),
        first_day=pl.col("first_day").sum(),
        surprise=pl.col("surprise").sort().sum(),
    )
    ordered = people.sort(
        "partners", "days", "first_day", "surprise", "person_id", descending=[True, True, False, True, False]
    )
    return ordered["person_id"].to_list()


def components(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected components of a graph, each sorted, in the order of their first nodes."""
    if not (known := list(nodes)):
        return []
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(known)
    graph.add_edges_from(edges)
    return sorted(sorted(part) for part in nx.connected_components(graph))


def families(members: Sequence[int], relatives: pl.DataFrame) -> dict[int, int]:
    """Each member with the first member of their family.

    Members are of one family when a recorded relation joins them, directly or through a common relative who need
    not be a member: children whose account-holding mother stays at home.

    Args:
        members: codes of people.
        relatives: person_a < person_b of recorded relatives.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(members)
    near = pl.col("person_a").is_in(members) | pl.col("person_b").is_in(members)
    graph.add_edges_from(relatives.filter(near).select(PAIR).iter_rows())
    family: dict[int, int] = {}
    for part in nx.connected_components(graph):
        own = sorted(part.intersection(members))
        family |= dict.fromkeys(own, own[0])
    return family
