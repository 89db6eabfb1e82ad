"""The proof of groups: at which slots more members were there than chance brings, and who keeps coming to them.

The chance of a visit falling into a slot is the larger of two: the smooth calendar's, and the share of all *other*
people's visits that fell into that very slot. So a market day explains itself, and a group does not.

A group's evidence is the surprise of its members' attendance, less the number of ways to choose so many people among
all customers, and so many slots among all slots: any of them could have been proposed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import gammaln

from models.evidence.counts import gamma_poisson_surprise
from models.evidence.unit import Floats, evidence
from models.meetings.bounds import Bounds
from models.meetings.slots import Slots

REGULAR = 5.0
"""Shape of the rates at which people come in certain slots: less uneven than those at which pairs meet."""

ROUNDS = 3
"""Rounds of: find the group's slots, then take in whoever keeps coming to them."""

_SLOT = ["provider", "slot"]


@dataclass(frozen=True)
class Groups:
    """Groups and their proof; `group` is a number.

    Attributes:
        meetings: group, provider, slot, day, members, expected, surprise: a row per slot.
        people: group, person, seen (days), expected, surprise, evidence (among those who were there).
        evidence: group, evidence: 0 to 6.
    """

    meetings: pl.DataFrame
    people: pl.DataFrame
    evidence: pl.DataFrame


class Proof:
    """Proves groups among everybody's visits."""

    def __init__(self, slots: Slots, bounds: Bounds) -> None:
        self._slots, self._bounds = slots, bounds
        self._crowds = slots.attendance.group_by(_SLOT).agg(crowd=pl.len().cast(pl.Int64))
        totals = slots.attendance.group_by("provider").agg(
            visits=pl.len().cast(pl.Int64),
            customers=pl.col("person").n_unique().cast(pl.Int64),
            slots=pl.col("slot").n_unique().cast(pl.Int64),
        )
        self._places = totals.join(slots.chance, on="provider")

    def prove(self, members: pl.DataFrame) -> Groups:
        """The slots and the regular members of candidates; candidates that are none are left out.

        Args:
            members: group, person: the candidates.
        """
        meetings = self.meetings(members)
        for _ in range(ROUNDS - 1):
            people = self._regular(meetings)
            members = people.select("group", "person")
            meetings = self.meetings(members)
        return self.appraise(meetings)

    def meetings(self, members: pl.DataFrame) -> pl.DataFrame:
        """Slots in which more members were there than chance brings; groups of too few days are left out.

        Args:
            members: group, person.

        Returns:
            group, provider, slot, day, members, chance (of a visit to be in the slot), expected, surprise.
        """
        bounds = self._bounds
        own = members.join(self._slots.attendance, on="person")
        visits = own.group_by("group", "provider").agg(own=pl.len().cast(pl.Int64))
        met = (
            own.group_by("group", *_SLOT)
            .agg(members=pl.len().cast(pl.Int64), day=pl.col("day").min())
            .filter(pl.col("members") >= bounds.together)
            .join(visits, on=["group", "provider"])
            .join(self._crowds, on=_SLOT)
            .join(self._places, on="provider")
            .with_columns(
                others=(pl.col("crowd") - pl.col("members"))
                / (pl.col("visits") - pl.col("own")).clip(lower_bound=1)
            )
            .with_columns(chance=pl.max_horizontal("chance", "others").clip(upper_bound=1.0))
            .with_columns(expected=pl.col("own") * pl.col("chance"))
        )
        surprises = gamma_poisson_surprise(met["members"].to_numpy(), met["expected"].to_numpy(), REGULAR)
        dense = met.with_columns(surprise=pl.Series(surprises, dtype=pl.Float64)).filter(
            pl.col("surprise") >= bounds.slot_surprise
        )
        return _enough_days(dense, bounds).select(*_MEETING)

    def appraise(self, meetings: pl.DataFrame) -> Groups:
        """The people and the evidence of groups whose slots are known.

        Args:
            meetings: as returned by `meetings`.
        """
        people = self._regular(meetings)
        there = meetings.select("group", *_SLOT).join(self._slots.attendance, on=_SLOT)
        visitors = there.group_by("group").agg(visitors=pl.col("person").n_unique())
        people = people.join(visitors, on="group")
        values = evidence(people["surprise"].to_numpy() - np.log10(people["visitors"].to_numpy()), 1)
        people = people.with_columns(evidence=pl.Series(values, dtype=pl.Float64))
        kept = meetings.join(people.select("group").unique(), on="group", how="semi")
        return Groups(
            kept.sort("group", *_SLOT),
            people.select(*_PERSON).sort("group", "person"),
            self._evidence(kept, people),
        )

    def _regular(self, meetings: pl.DataFrame) -> pl.DataFrame:
        """Those who came to a group's slots more often than one customer by chance: `_PERSON` and `excess`."""
        places = meetings.select("group", "provider").unique().join(self._places, on="provider")
        customers = places.group_by("group").agg(customers=pl.col("customers").sum())
        came = meetings.select("group", *_SLOT).join(self._slots.attendance, on=_SLOT)
        seen = (
            came.group_by("group", "person")
            .agg(seen=pl.struct("provider", "day").n_unique().cast(pl.Int64))
            .filter(pl.col("seen") >= self._bounds.pair_days)
        )
        by_place = meetings.group_by("group", "provider").agg(chance=pl.col("chance").sort().sum())
        expected = (
            seen.join(self._slots.habits, on="person")
            .join(by_place, on=["group", "provider"])
            .group_by("group", "person")
            .agg(expected=(pl.col("visits") * pl.col("chance")).sort().sum())
        )
        graded = seen.join(expected, on=["group", "person"]).join(customers, on="group")
        surprises = gamma_poisson_surprise(graded["seen"].to_numpy(), graded["expected"].to_numpy(), REGULAR)
        return (
            graded.with_columns(surprise=pl.Series(surprises, dtype=pl.Float64))
            .with_columns(excess=pl.col("surprise") - pl.col("customers").cast(pl.Float64).log10())
            .filter(pl.col("excess") >= 0)
        )

    def _evidence(self, meetings: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
        """Evidence of each group: its people's surprise, less the choices of so many people and slots."""
        places = meetings.select("group", "provider").unique().join(self._places, on="provider")
        exposed = places.group_by("group").agg(pl.col("customers", "slots").sum())
        chosen = (
            people.group_by("group")
            .agg(surprise=pl.col("surprise").sort().sum(), people=pl.len())
            .join(meetings.group_by("group").agg(met=pl.len()), on="group")
            .join(exposed, on="group")
            .sort("group")
        )
        customers, people_of, slots, met = (
            chosen[name].to_numpy().astype(np.float64) for name in ("customers", "people", "slots", "met")
        )
        net = chosen["surprise"].to_numpy() - log_choices(customers, people_of) - log_choices(slots, met)
        return pl.DataFrame({"group": chosen["group"], "evidence": evidence(net, 1)})


def log_choices(of: Floats, chosen: Floats) -> Floats:
    """``log10`` of the number of ways to choose some of so many."""
    ways: Floats = (gammaln(of + 1) - gammaln(chosen + 1) - gammaln(of - chosen + 1)) / np.log(10)
    return ways


def _enough_days(meetings: pl.DataFrame, bounds: Bounds) -> pl.DataFrame:
    return meetings.filter(pl.col("day").n_unique().over("group") >= bounds.min_days)


_MEETING = ("group", "provider", "slot", "day", "members", "chance", "expected", "surprise")
_PERSON = ("group", "person", "seen", "expected", "surprise", "evidence")
