"""Groups of people who appear together more often than chance: proposed from pairs, proven as groups.

Propose: pairs that met on more days than the null lets expect, without a recorded relation, are the edges of
a small graph; its communities are candidates. Prove: on how many days were at least so many of the
candidates together at one provider, against what their own habits and *everybody else's* crowd let
expect. A group counts when it is stranger than anything found in worlds where chance alone brings
people together. Chance is all that this excludes: lawful reasons are weighed by the detector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import polars as pl

from features.collusion.queue import repeated_meetings
from models.chance import Habits, calendar, expected_meetings, habits, surprise, world_of_chance
from models.group_days import Places, days_together, expected_days, places

PAIR = ("person_a", "person_b")

_PARTNERS = 2  # two partners make three people: with one it is a pair, not a group


@dataclass(frozen=True)
class Bounds:
    """What somebody decided about groups; each value is a line on the detector's card.

    Attributes:
        window_minutes: settled within so many minutes is together.
        crowd: a settlement is held against so many that follow it.
        cap: a day's crowd counts at most so many times its weekday's expectation.
        pair_days: days on which a pair must have met.
        pair_p: a pair is an edge when its tail probability is below this.
        min_members: people of a group, counting recorded relatives as one.
        together: so many of them at one provider within the window make a day of the group.
        min_days: days of the group.
        group_p: a group counts when its tail probability is below this.
        worlds: permuted worlds; 0 leaves the comparison out.
    """

    window_minutes: int
    crowd: int
    cap: float
    pair_days: int
    pair_p: float
    min_members: int
    together: int
    min_days: int
    group_p: float
    worlds: int


@dataclass(frozen=True)
class Group:
    """A candidate and its proof.

    Attributes:
        members: person ids, sorted.
        seen: days, at one provider, with enough members together.
        expected: the same by chance.
        surprise: −log10 of the tail probability, uncapped.
        days: provider_id, day, person_id of the members who were together.
    """

    members: tuple[str, ...]
    seen: int
    expected: float
    surprise: float
    days: pl.DataFrame


@dataclass(frozen=True)
class Found:
    """Groups that count, strongest first, with the pairs that propose them and the chance bound they passed."""

    groups: tuple[Group, ...]
    pairs: pl.DataFrame
    permuted_max: float


def find_groups(visits: pl.DataFrame, met: pl.DataFrame, relatives: pl.DataFrame, bounds: Bounds) -> Found:
    """Groups with repeated co-presence that chance does not explain.

    Args:
        visits: person_id, provider_id, day, month, first_minute; one row per person, provider and day.
        met: person_a < person_b, provider_id, day: meetings.
        relatives: person_a < person_b of recorded relatives.
        bounds: the card's lines.
    """
    usual = habits(visits, calendar(visits), bounds.cap)
    pairs = strange_pairs(met, relatives, usual, bounds)
    groups = _proven(visits, pairs, relatives, bounds)
    if not groups:
        return Found((), pairs, 0.0)
    chance_max = max(
        (_permuted_max(visits, relatives, usual, bounds, seed) for seed in range(bounds.worlds)), default=0.0
    )
    least = max(chance_max, -np.log10(bounds.group_p))
    kept = sorted((group for group in groups if group.surprise > least), key=_strongest_first)
    return Found(tuple(kept), pairs, chance_max)


def _strongest_first(group: Group) -> tuple[float, int, tuple[str, ...]]:
    return -group.surprise, -group.seen, group.members


def strange_pairs(met: pl.DataFrame, relatives: pl.DataFrame, usual: Habits, bounds: Bounds) -> pl.DataFrame:
    """Pairs without a recorded relation that met on more days than chance lets expect.

    Returns:
        person_a, person_b, days (Int64), first_day, expected, surprise; sorted by the pair.
    """
    often = (
        met.group_by(PAIR)
        .agg(days=pl.col("day").n_unique().cast(pl.Int64), first_day=pl.col("day").min())
        .filter(pl.col("days") >= bounds.pair_days)
        .join(relatives, on=PAIR, how="anti")
        .sort(PAIR)
    )
    judged = expected_meetings(often, usual)
    return judged.with_columns(
        surprise=pl.Series(
            surprise(judged["days"].to_numpy(), judged["expected"].to_numpy()), dtype=pl.Float64
        )
    ).filter(pl.col("surprise") > -np.log10(bounds.pair_p))


def communities(pairs: pl.DataFrame) -> list[tuple[str, ...]]:
    """Communities of the graph of pairs (Louvain), each sorted, largest first; who has one partner is left out.

    The graph is built in an order taken from what people did, never from their ids, so that other names
    give the same groups.
    """
    order = {person: number for number, person in enumerate(_canonical(pairs))}
    edges = sorted(
        (*sorted((order[one], order[other])), days)
        for one, other, days in pairs.select(*PAIR, "days").iter_rows()
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


def _canonical(pairs: pl.DataFrame) -> list[str]:
    """People in the order of what they did: partners, days, first day, surprise."""
    sides = pl.concat(
        [pairs.select(pl.col(side).alias("person_id"), "days", "first_day", "surprise") for side in PAIR]
    )
    ordered = (
        sides.group_by("person_id")
        .agg(
            partners=pl.len(),
            days=pl.col("days").sum(),
            first_day=pl.col("first_day").sum(),
            surprise=pl.col("surprise").sort().sum(),
        )
        .sort(
            "partners",
            "days",
            "first_day",
            "surprise",
            "person_id",
            descending=[True, True, False, True, False],
        )
    )
    return ordered["person_id"].to_list()


def _proven(
    visits: pl.DataFrame, pairs: pl.DataFrame, relatives: pl.DataFrame, bounds: Bounds
) -> list[Group]:
    """Candidates of enough families that were together on enough days, with their proof."""
    candidates = communities(pairs)
    if not candidates:
        return []
    everyone = [person for members in candidates for person in members]
    theirs = visits.join(pl.DataFrame({"person_id": everyone}), on="person_id", how="semi")
    where = places(visits, theirs)
    groups = (_prove(members, theirs, where, relatives, bounds) for members in candidates)
    return [group for group in groups if group is not None]


def _prove(
    members: tuple[str, ...], theirs: pl.DataFrame, where: Places, relatives: pl.DataFrame, bounds: Bounds
) -> Group | None:
    """One candidate, without those who were hardly ever with it; None when too little is left."""
    family = families(members, relatives)
    days = days_together(theirs, family, bounds.window_minutes, bounds.together)
    regular = (
        days.group_by("person_id").len().filter(pl.col("len") >= bounds.pair_days)["person_id"].to_list()
    )
    family = {person: family[person] for person in sorted(regular)}
    if len(set(family.values())) < bounds.min_members:
        return None
    days = days_together(theirs, family, bounds.window_minutes, bounds.together)
    seen = days.select("provider_id", "day").n_unique()
    if seen < bounds.min_days:
        return None
    own = theirs.filter(pl.col("person_id").is_in(list(family)))
    expected = expected_days(own, where, bounds.together, bounds.cap)
    return Group(tuple(family), seen, expected, float(surprise([seen], [expected])[0]), days)


def families(members: Sequence[str], relatives: pl.DataFrame) -> dict[str, str]:
    """Each member with the first member of their family.

    Members are of one family when a recorded relation joins them, directly or through a relative in common
    who need not be a member: children whose account-holding mother stays at home.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(members)
    near = pl.col("person_a").is_in(members) | pl.col("person_b").is_in(members)
    graph.add_edges_from(relatives.filter(near).select(PAIR).iter_rows())
    family: dict[str, str] = {}
    for part in nx.connected_components(graph):
        own = sorted(part.intersection(members))
        family |= dict.fromkeys(own, own[0])
    return family


def _permuted_max(
    visits: pl.DataFrame, relatives: pl.DataFrame, usual: Habits, bounds: Bounds, seed: int
) -> float:
    """The strangest group in a world where people of one provider and month swapped their visits."""
    world = world_of_chance(visits, usual, seed)
    pairs = strange_pairs(meetings(world, bounds), relatives, usual, bounds)
    return max((group.surprise for group in _proven(world, pairs, relatives, bounds)), default=0.0)


def meetings(visits: pl.DataFrame, bounds: Bounds) -> pl.DataFrame:
    """Meetings among visits: person_a < person_b, provider_id, day."""
    people, providers = (visits[name].unique().sort() for name in ("person_id", "provider_id"))
    coded = visits.select(
        provider=pl.col("provider_id").cast(pl.Enum(providers)).to_physical(),
        person=pl.col("person_id").cast(pl.Enum(people)).to_physical(),
        minute="first_minute",
        scheduled=pl.lit(value=False),
    )
    met = repeated_meetings(coded, bounds.window_minutes, bounds.crowd, bounds.pair_days)
    return met.select(
        people.gather(met["person_a"]).alias("person_a"),
        people.gather(met["person_b"]).alias("person_b"),
        providers.gather(met["provider"]).alias("provider_id"),
        "day",
    )
