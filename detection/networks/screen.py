"""The tables of the Network screen: the groups shown, their pairs and their days."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from detection.networks.meetings import Meetings
from detection.networks.reasons import MEASURES
from features.collusion.copresence import with_relation
from features.engine import collect
from models.meetings.pairs import PAIR, with_expected

GROUPS: dict[str, Any] = {
    "group_id": pl.String,
    "members": pl.Int64,
    "days": pl.Int64,
    "seen": pl.Int64,
    "expected": pl.Float64,
    "p_value": pl.Float64,
    "strength": pl.Float64,
    "providers": pl.Int64,
    **MEASURES,
}
"""``seen`` counts the slots with enough members together, ``expected`` the days on which chance brings a member to
them; ``p_value`` is the number of such groups that chance lets one expect in the fund."""

EDGES: dict[str, Any] = {
    "group_id": pl.String,
    "person_a": pl.String,
    "person_b": pl.String,
    "days_together": pl.Int64,
    "expected": pl.Float64,
    "relation": pl.String,
}
DAYS = ("group_id", "day", "provider_id", "person_id", "settlement_id")


def group_id(members: Sequence[str]) -> str:
    """Stable name of a group: a hash of its sorted member ids."""
    return "g-" + hashlib.sha256("\n".join(sorted(members)).encode()).hexdigest()[:16]


def names(rows: pl.DataFrame) -> pl.DataFrame:
    """Number and name of groups: group, group_id.

    Args:
        rows: group, person_id of all members, as text.
    """
    members = rows.group_by("group").agg(pl.col("person_id").unique()).sort("group").iter_rows()
    named = [(group, group_id(people)) for group, people in members]
    return pl.DataFrame(named, schema={"group": pl.Int64, "group_id": pl.String}, orient="row")


def screen_tables(context: DetectorContext, proven: Meetings) -> dict[str, pl.DataFrame]:
    """The tables, ids as in the data: ``groups`` (`GROUPS`), ``edges`` (`EDGES`), ``days`` (`DAYS`)."""
    rows = proven.shown(batch=False)
    named = rows.join(names(context.whole.in_text(rows, "person_id")), on="group")
    return {
        "groups": _groups(proven, named),
        "edges": _edges(context, proven, named),
        "days": named.select(DAYS).sort("group_id", "day", "provider_id", "person_id", "settlement_id"),
    }


def _groups(proven: Meetings, named: pl.DataFrame) -> pl.DataFrame:
    met = proven.groups.meetings.group_by("group").agg(
        days=pl.col("day").n_unique().cast(pl.Int64),
        seen=pl.len().cast(pl.Int64),
        providers=pl.col("provider").n_unique().cast(pl.Int64),
    )
    chance = proven.groups.people.group_by("group").agg(expected=pl.col("expected").sort().mean().round(6))
    return (
        named.select("group", "group_id")
        .unique()
        .join(proven.cases, on="group")
        .join(met, on="group")
        .join(chance, on="group")
        .with_columns(p_value=10.0 ** -pl.col("evidence"), strength="evidence")
        .select(*GROUPS)
        .sort("strength", "group_id", descending=[True, False])
    )


def _edges(context: DetectorContext, proven: Meetings, named: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one group that met, with what chance lets expect and what is recorded about them."""
    ids = named.select("person", "person_id").unique()
    there = named.select("group_id", "person", "provider", "slot", "day").unique()
    met = (
        there.join(there, on=["group_id", "provider", "slot"])
        .filter(pl.col("person") < pl.col("person_right"))
        .group_by("group_id", person_a="person", person_b="person_right")
        .agg(days_together=pl.col("day").n_unique().cast(pl.Int64))
    )
    pairs = with_expected(met.select(PAIR).unique(), proven.slots).with_columns(pl.col("expected").round(6))
    edges = met.join(pairs, on=PAIR)
    for side in PAIR:
        edges = edges.join(ids.rename({"person": side, "person_id": f"{side}_id"}), on=side)
    with_ids = edges.drop(PAIR).rename({f"{side}_id": side for side in PAIR})
    related = with_relation(
        nw.from_native(with_ids.lazy()), context.views["recorded_relatives"], context.whole.enrolments
    )
    return collect(related).select(*EDGES).sort("group_id", *PAIR)
