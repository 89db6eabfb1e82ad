"""Series of meetings with one clock, each a case of its own.

Cards that one hand swipes are minutes apart: a batch, at one provider. People or cards that go around are spread over
the day: a ring, often at several providers. Communities of pairs mix the two, and cut a ring of rotating blocks into
pieces. Here slots without people in common are separated, then batches and rings by their clock, and pieces that share
most of their people are joined.
"""

from __future__ import annotations

import polars as pl

from models.communities import components
from models.meetings.bounds import Bounds
from models.meetings.proof import Groups, Proof

SHARED = 0.5
"""Share of the smaller group's people that also belong to the larger one: the two are pieces of one."""

LINKED = 0.3
"""Share of a slot's people who must also be in another slot for the two to belong together."""

_SLOT = ["provider", "slot"]


def by_clock(
    groups: Groups, visits: pl.DataFrame, proof: Proof, bounds: Bounds
) -> tuple[Groups, pl.DataFrame]:
    """Groups with one clock each, and whether each is a batch.

    Args:
        groups: as proven.
        visits: person, provider, slot, minute (null at day precision) of at least the groups' slots.
        proof: of the same visits.
        bounds: the card's thresholds.

    Returns:
        The groups, renumbered, and group, batch (Boolean).
    """
    cut = _cut(groups, visits, bounds)
    joined = _joined(proof.appraise(cut.drop("whole", "batch")), cut)
    one_place = pl.col("provider").n_unique() == 1
    clocks = joined.group_by("group").agg(batch=(pl.col("batch").mean() > 0.5) & one_place)
    return proof.appraise(joined.drop("whole", "batch")), clocks.sort("group")


def _cut(groups: Groups, visits: pl.DataFrame, bounds: Bounds) -> pl.DataFrame:
    """The meetings by clock, numbered anew: batches by provider, and everything else.

    Further columns: whole (its slots are linked by people), batch.
    """
    there = groups.meetings.join(visits, on=_SLOT).join(
        groups.people.select("group", "person"), on=["group", "person"], how="semi"
    )
    meetings = _linked(groups.meetings, there)
    gaps = there.group_by("group", *_SLOT).agg(
        gap=pl.col("minute").sort().diff().median(), timed=pl.col("minute").is_not_null().all()
    )
    quick = (pl.col("timed") & (pl.col("gap") <= bounds.batch_minutes)).fill_null(value=False)
    days = pl.col("day").n_unique()
    clocked = (
        meetings.join(gaps, on=["group", *_SLOT], how="left")
        .with_columns(batch=quick)
        .with_columns(batch=pl.col("batch") & (days.over("whole", "provider", "batch") >= bounds.min_days))
    )
    place = pl.when(pl.col("batch")).then(pl.col("provider"))
    numbered = clocked.with_columns(
        group=pl.struct("whole", "batch", place.alias("place")).rank("dense").cast(pl.Int64)
    )
    return numbered.filter(days.over("group") >= bounds.min_days).drop("gap", "timed")


def _linked(meetings: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """The meetings with `whole`, one number for the slots of a group that people link.

    Two slots are linked by at least two people who are a good share of the smaller slot's.
    """
    numbered = (
        meetings.sort("group", *_SLOT).with_row_index("node").with_columns(pl.col("node").cast(pl.Int64))
    )
    people = there.select("group", *_SLOT, "person").unique()
    nodes = people.join(numbered.select("group", *_SLOT, "node"), on=["group", *_SLOT])
    sized = nodes.with_columns(size=pl.len().over("node")).select("group", "person", "node", "size")
    links = (
        sized.join(sized, on=["group", "person"], suffix="_2")
        .filter(pl.col("node") < pl.col("node_2"))
        .group_by("node", "node_2")
        .agg(shared=pl.len(), smaller=pl.min_horizontal("size", "size_2").first())
        .filter(pl.col("shared") >= 2, pl.col("shared") >= LINKED * pl.col("smaller"))
        .select("node", "node_2")
        .sort("node", "node_2")
    )
    parts = components(numbered["node"], links.iter_rows())
    number = {node: number for number, part in enumerate(parts) for node in part}
    whole = pl.col("node").replace_strict(number, return_dtype=pl.Int64)
    return numbered.with_columns(whole=whole).drop("node")


def _joined(parts: Groups, meetings: pl.DataFrame) -> pl.DataFrame:
    """The meetings, renumbered so that pieces of one group have one number; each slot once."""
    pieces = _pieces(parts.people, meetings)
    joined = components(parts.evidence["group"], pieces.iter_rows())
    number = {part: number for number, component in enumerate(joined) for part in component}
    return (
        meetings.filter(pl.col("group").is_in(list(number)))
        .with_columns(pl.col("group").replace_strict(number, return_dtype=pl.Int64))
        .sort("group", *_SLOT, "surprise", descending=[False, False, False, True])
        .unique(["group", *_SLOT], keep="first", maintain_order=True)
    )


def _pieces(people: pl.DataFrame, meetings: pl.DataFrame) -> pl.DataFrame:
    """Pairs of parts that share most of the smaller one's people: of one group, or with one clock (and place)."""
    place = pl.when(pl.col("batch")).then(pl.col("provider")).otherwise(-1)
    origins = meetings.select("group", "whole", place=place).unique()
    sizes = people.group_by("group").agg(size=pl.len()).join(origins, on="group")
    sized = people.select("group", "person").join(sizes, on="group")
    shared = (
        sized.join(sized, on="person", suffix="_2")
        .filter(pl.col("group") < pl.col("group_2"))
        .filter((pl.col("whole") == pl.col("whole_2")) | (pl.col("place") == pl.col("place_2")))
        .group_by("group", "group_2")
        .agg(shared=pl.len(), smaller=pl.min_horizontal("size", "size_2").first())
    )
    return (
        shared.filter(pl.col("shared") >= SHARED * pl.col("smaller"))
        .select("group", "group_2")
        .sort(pl.all())
    )
