"""Groups of people who appear together more often than chance: proposed from pairs, proven as groups.

Propose: pairs without a recorded relation that met on more days than the null makes one expect are the edges of a
small graph; its communities are candidates. Prove: on how many days were enough of the candidates together at one
provider, compared with what their own habits and *everybody else's* crowd make one expect. A group counts when it is
more surprising than every group in simulations where chance alone brings people together. This excludes chance only:
the detector weighs lawful reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from features.collusion.queue import repeated_meetings
from models.chance import Habits, calendar, expected_meetings, habits, surprise
from models.chance_simulation import simulate_chance
from models.communities import PAIR, communities, families
from models.group_days import Places, days_together, expected_days, places


@dataclass(frozen=True)
class Bounds:
    """Thresholds of groups; each is a value on the detector's card.

    Attributes:
        window_minutes: settlements within this many minutes are together.
        crowd: number of following settlements with which a settlement is compared.
        cap: a day's crowd counts at most this many times its weekday's expectation.
        pair_days: days on which a pair must have met.
        pair_p: a pair is an edge when its tail probability is below this.
        min_members: people of a group, counting recorded relatives as one.
        together: number of people at one provider within the window who make a day of the group.
        min_days: days of the group.
        group_p: a group counts when its tail probability is below this.
        worlds: simulations of chance; 0 leaves the comparison out.
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
class ProvenGroups:
    """Groups that count.

    Attributes:
        groups: strongest first.
        pairs: the pairs that propose them, from `unexpected_pairs`.
        permuted_max: the largest surprise of a group in a simulation of chance.
    """

    groups: tuple[Group, ...]
    pairs: pl.DataFrame
    permuted_max: float


def find_groups(
    visits: pl.DataFrame, met: pl.DataFrame, relatives: pl.DataFrame, bounds: Bounds
) -> ProvenGroups:
    """Groups with repeated co-presence that chance does not explain.

    Args:
        visits: person_id, provider_id, day, month, first_minute; one row per person, provider and day.
        met: person_a < person_b, provider_id, day: meetings.
        relatives: person_a < person_b of recorded relatives.
        bounds: the card's thresholds.
    """
    usual = habits(visits, calendar(visits), bounds.cap)
    pairs = unexpected_pairs(met, relatives, usual, bounds)
    groups = _proven(visits, pairs, relatives, bounds)
    if not groups:
        return ProvenGroups((), pairs, 0.0)
    chance_max = max(
        (_permuted_max(visits, relatives, usual, bounds, seed) for seed in range(bounds.worlds)), default=0.0
    )
    least = max(chance_max, -np.log10(bounds.group_p))
    kept = sorted((group for group in groups if group.surprise > least), key=_strongest_first)
    return ProvenGroups(tuple(kept), pairs, chance_max)


def _strongest_first(group: Group) -> tuple[float, int, tuple[str, ...]]:
    return -group.surprise, -group.seen, group.members


def unexpected_pairs(
    met: pl.DataFrame, relatives: pl.DataFrame, usual: Habits, bounds: Bounds
) -> pl.DataFrame:
    """Pairs without a recorded relation that met on more days than expected by chance.

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
    compared = expected_meetings(often, usual)
    surprises = surprise(compared["days"].to_numpy(), compared["expected"].to_numpy())
    graded = compared.with_columns(surprise=pl.Series(surprises, dtype=pl.Float64))
    return graded.filter(pl.col("surprise") > -np.log10(bounds.pair_p))


def _proven(
    visits: pl.DataFrame, pairs: pl.DataFrame, relatives: pl.DataFrame, bounds: Bounds
) -> list[Group]:
    """Candidates of enough families that were together on enough days, with their proof."""
    candidates = communities(pairs)
    if not candidates:
        return []
    everyone = [person for members in candidates for person in members]
    own_visits = visits.join(pl.DataFrame({"person_id": everyone}), on="person_id", how="semi")
    where = places(visits, own_visits)
    groups = (_prove(members, own_visits, where, relatives, bounds) for members in candidates)
    return [group for group in groups if group is not None]


def _prove(
    members: tuple[str, ...], own_visits: pl.DataFrame, where: Places, relatives: pl.DataFrame, bounds: Bounds
) -> Group | None:
    """A candidate without those who were rarely with it; None when too little is left."""
    family = families(members, relatives)
    days = days_together(own_visits, family, bounds.window_minutes, bounds.together)
    regular = (
        days.group_by("person_id").len().filter(pl.col("len") >= bounds.pair_days)["person_id"].to_list()
    )
    family = {person: family[person] for person in sorted(regular)}
    if len(set(family.values())) < bounds.min_members:
        return None
    days = days_together(own_visits, family, bounds.window_minutes, bounds.together)
    seen = days.select("provider_id", "day").n_unique()
    if seen < bounds.min_days:
        return None
    own = own_visits.filter(pl.col("person_id").is_in(list(family)))
    expected = expected_days(own, where, bounds.together, bounds.cap)
    return Group(tuple(family), seen, expected, float(surprise([seen], [expected])[0]), days)


def _permuted_max(
    visits: pl.DataFrame, relatives: pl.DataFrame, usual: Habits, bounds: Bounds, seed: int
) -> float:
    """The largest surprise of a group in one simulation of chance."""
    world = simulate_chance(visits, usual, seed)
    pairs = unexpected_pairs(meetings(world, bounds), relatives, usual, bounds)
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
