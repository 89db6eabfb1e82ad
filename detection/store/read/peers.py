"""How a subject stands among its peers: its scores, and one feature over its whole peer group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from detection.store.read.reader import Reader

SCORED = {"person": "person_id", "provider": "provider_id", "payer_account": "payer_id"}
"""Kinds of subject that are scored, and the key of their feature table."""


@dataclass(frozen=True)
class Strip:
    """One feature over a peer group.

    Attributes:
        feature: name of the feature.
        group: the peer group, as the model named it.
        values: value of every peer that has one, sorted; nobody's id.
        value: the subject's own value.
        median: median of the group.
        rank: 1 is the highest.
    """

    feature: str
    group: str
    values: tuple[float, ...]
    value: float
    median: float
    rank: int


def peer_ranks(reader: Reader, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Rank (1 is the strangest) and size of the peer group by subject; subjects without a score are left out."""
    wanted: dict[str, list[str]] = {}
    for kind, identity in subjects:
        wanted.setdefault(kind, []).append(identity)
    ranks: dict[tuple[str, str], tuple[int, int]] = {}
    for kind, ids in wanted.items():
        path = _path(reader, "scores", kind)
        if path is None:
            continue
        place = pl.col("score").rank("min", descending=True).over("peer_group").cast(pl.Int64)
        size = pl.len().over("peer_group").cast(pl.Int64)
        frame = pl.scan_parquet(path).select("entity_id", place.alias("place"), size.alias("size"))
        for identity, rank, peers in frame.filter(pl.col("entity_id").is_in(ids)).collect().iter_rows():
            ranks[kind, identity] = (rank, peers)
    return ranks


def strip(reader: Reader, kind: str, identity: str, feature: str) -> Strip | None:
    """A feature over the subject's peer group; None where there is no score or no such feature."""
    scores, features = _path(reader, "scores", kind), _path(reader, "features", kind)
    if scores is None or features is None:
        return None
    if feature not in pl.scan_parquet(features).collect_schema():
        return None
    groups = pl.scan_parquet(scores).select("entity_id", "peer_group")
    mine = groups.filter(pl.col("entity_id") == identity).collect()
    if mine.is_empty():
        return None
    group = mine["peer_group"][0]
    peers = groups.filter(pl.col("peer_group") == group).join(
        pl.scan_parquet(features).select(pl.col(SCORED[kind]).alias("entity_id"), feature), on="entity_id"
    )
    held = peers.drop_nulls(feature).collect()
    own = held.filter(pl.col("entity_id") == identity)[feature]
    if own.is_empty():
        return None
    values = held[feature].sort()
    return Strip(
        feature,
        group,
        tuple(values),
        own[0],
        float(values.quantile(0.5) or 0),
        int((values > own[0]).sum()) + 1,
    )


def own_values(reader: Reader, kind: str, identity: str, features: Sequence[str]) -> dict[str, float | None]:
    """The subject's own value of each feature; None where the current run has none."""
    path = _path(reader, "features", kind)
    values: dict[str, float | None] = dict.fromkeys(features)
    if path is None:
        return values
    frame = pl.scan_parquet(path)
    there = [one for one in features if one in frame.collect_schema()]
    mine = frame.filter(pl.col(SCORED[kind]) == identity).select(there).collect()
    return values | (mine.row(0, named=True) if mine.height else {})


def _path(reader: Reader, folder: str, kind: str) -> Path | None:
    if kind not in SCORED or reader.run is None:
        return None
    path = reader.workspace.run(reader.run.run_id) / folder / f"{kind}.parquet"
    return path if path.exists() else None
