"""How a subject stands among its peers: its scores, and one feature over its whole peer group.

The models decide who the peers are and who is more anomalous: the figures here come from the same code as the
sentences of the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from detection.store.queries.reader import Reader
from features.registry import ENTITY_KEYS, Feature, all_features
from models.peers import ALL, members
from models.reasons import reason


@dataclass(frozen=True)
class Strip:
    """One feature over a peer group.

    Attributes:
        feature: name of the feature.
        group: the group that was counted, as the model named it.
        unit: of the values.
        values: value of every peer that has one, the subject included, sorted; no ids.
        value: the subject's own value.
        median: median of the group.
        rank: 1 is the most suspicious, in the feature's own direction.
    """

    feature: str
    group: str
    unit: str
    values: tuple[float, ...]
    value: float
    median: float
    rank: int


@dataclass(frozen=True)
class PeerRank:
    """Where a subject stands by its score: 1 is the most anomalous of so many.

    ``among_all`` says that its peers are too few, and that it is compared with all subjects of its sort.
    """

    rank: int
    peers: int
    among_all: bool


def peer_ranks(reader: Reader, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PeerRank]:
    """The place of each subject in its peer group; subjects without a score are left out."""
    wanted: dict[str, list[str]] = {}
    for kind, identity in subjects:
        wanted.setdefault(kind, []).append(identity)
    ranks: dict[tuple[str, str], PeerRank] = {}
    for kind, ids in wanted.items():
        path = _path(reader, "scores", kind)
        if path is not None:
            ranks |= {(kind, identity): rank for identity, rank in _ranks(path, ids).items()}
    return ranks


def _ranks(path: Path, ids: Sequence[str]) -> dict[str, PeerRank]:
    """Rank among the members of its group, by entity."""
    scores = pl.scan_parquet(path).select("entity_id", "score", "peer_group", "peers")
    mine = scores.filter(pl.col("entity_id").is_in(ids)).collect()
    ranks: dict[str, PeerRank] = {}
    for (group,), own in mine.group_by("peer_group"):
        among = scores.filter(members(pl.col("peer_group"), str(group))).select("score").collect().to_series()
        for identity, score, _, peers in own.iter_rows():
            ranks[identity] = PeerRank(1 + int((among > score).sum()), peers, group == ALL)
    return ranks


def strip(
    reader: Reader, kind: str, identity: str, feature: str, *, group: str = "", run_id: str | None = None
) -> Strip | None:
    """A feature over a subject's peers; None where there is no score or no such feature.

    Args:
        reader: the reading.
        kind: of the subject.
        identity: its id.
        feature: its name.
        group: whose members they are; the subject's own peer group when empty.
        run_id: the run that scored it; the current one when None.
    """
    scores, features = _path(reader, "scores", kind, run_id), _path(reader, "features", kind, run_id)
    declared = _declared(kind).get(feature)
    if scores is None or features is None or declared is None:
        return None
    if feature not in pl.scan_parquet(features).collect_schema():
        return None
    groups = pl.scan_parquet(scores).select("entity_id", "peer_group")
    mine = groups.filter(pl.col("entity_id") == identity).collect()
    if mine.is_empty():
        return None
    group = group or str(mine["peer_group"][0])
    values = pl.scan_parquet(features).select(pl.col(_key(kind)).alias("entity_id"), feature)
    peers = groups.filter(members(pl.col("peer_group"), group)).join(values, on="entity_id")
    known = peers.filter(pl.col(feature).is_finite()).sort(feature).collect()
    own = known.filter(pl.col("entity_id") == identity)[feature]
    if own.is_empty():
        return None
    reasons = reason(declared, own[0], known[feature].to_numpy(), group)
    return Strip(
        feature, group, declared.unit, tuple(known[feature]), reasons.value, reasons.median, reasons.rank
    )


def own_values(reader: Reader, kind: str, identity: str, features: Sequence[str]) -> dict[str, float | None]:
    """The subject's own value of each feature; None where the current run has none."""
    path = _path(reader, "features", kind)
    values: dict[str, float | None] = dict.fromkeys(features)
    if path is None:
        return values
    frame = pl.scan_parquet(path)
    known = [name for name in features if name in frame.collect_schema()]
    mine = frame.filter(pl.col(_key(kind)) == identity).select(known).collect()
    return values | (mine.row(0, named=True) if mine.height else {})


def _declared(kind: str) -> dict[str, Feature]:
    return {name: feature for name, feature in all_features().items() if feature.entity == kind}


def _key(kind: str) -> str:
    """Key of the feature table of a kind of subject."""
    return {str(entity): key for entity, key in ENTITY_KEYS.items()}[kind]


def _path(reader: Reader, folder: str, kind: str, run_id: str | None = None) -> Path | None:
    """A file of a run; None for kinds that are not scored, or where it is not kept any more."""
    if kind not in ENTITY_KEYS or reader.run is None:
        return None
    path = reader.run_part(f"{folder}/{kind}.parquet", run_id or "")
    return path if path.exists() else None
