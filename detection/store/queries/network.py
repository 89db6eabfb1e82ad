"""Network: "Who appears together, and is that more than chance?" One group, never all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import select

from detection.detectors.artifacts import artifact_folder
from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.reader import Reader
from detection.store.schema import Alert

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Edge:
    """Two people of the group. ``relation``: none, recorded_relatives or same_employer."""

    a: str
    b: str
    days_together: int
    expected: float
    relation: str


@dataclass(frozen=True)
class Presence:
    """One person at one provider on one day of the group."""

    day: str
    provider: str
    person: str
    settlement: str


@dataclass(frozen=True)
class Network:
    """The people and providers of one group; ``left_out`` people are counted, not drawn."""

    group_id: str
    members: int
    days: int
    seen: float
    expected: float
    p_value: float
    permuted_max: float
    people: tuple[str, ...]
    edges: tuple[Edge, ...]
    presence: tuple[Presence, ...]
    left_out: int


def groups(reader: Reader) -> list[Row]:
    """Open alerts about groups, by rank."""
    query = select(Alert).where(Alert.subject_kind == "group", Alert.status.in_(OPEN)).order_by(Alert.rank)
    return listed(reader, list(reader.session.scalars(query)))


def network(reader: Reader, alert_id: str, *, most_nodes: int = 60) -> Network | None:
    """The group of an alert; None where the alert is about no group or its relations are not there.

    Args:
        reader: the reading.
        alert_id: an alert whose subject is a group.
        most_nodes: people drawn at most, those of the most days together first.
    """
    one = reader.session.get(Alert, alert_id)
    if one is None:
        return None
    folder = _folder(reader.workspace.run(one.run_id), one.detector)
    if not (folder / "groups.parquet").exists():
        return None
    found = _of(folder / "groups.parquet", one.subject_id)
    if found.is_empty():
        return None
    group = found.row(0, named=True)
    edges = _of(folder / "edges.parquet", one.subject_id).sort(
        "days_together", "person_a", "person_b", descending=[True, False, False]
    )
    people = list(
        dict.fromkeys(person for pair in edges.select("person_a", "person_b").iter_rows() for person in pair)
    )
    kept = set(people[:most_nodes])
    return Network(
        group_id=one.subject_id,
        members=_size(group["members"], len(people)),
        days=int(group["days"]),
        seen=float(group["seen"]),
        expected=float(group["expected"]),
        p_value=float(group["p_value"]),
        permuted_max=float(group["permuted_max"]),
        people=tuple(reader.masked("person", person) for person in people[:most_nodes]),
        edges=tuple(
            Edge(
                reader.masked("person", edge["person_a"]),
                reader.masked("person", edge["person_b"]),
                int(edge["days_together"]),
                float(edge["expected"]),
                edge["relation"],
            )
            for edge in edges.iter_rows(named=True)
            if {edge["person_a"], edge["person_b"]} <= kept
        ),
        presence=_presence(reader, folder / "days.parquet", one.subject_id),
        left_out=max(len(people) - most_nodes, 0),
    )


def _folder(run_folder: Path, detector: str) -> Path:
    """The tables of a detector; those of a run of an earlier version are in ``network/``."""
    folder = artifact_folder(run_folder, detector)
    return folder if folder.exists() else run_folder / "network"


def _of(path: Path, group_id: str) -> pl.DataFrame:
    return pl.scan_parquet(path).filter(pl.col("group_id") == group_id).collect()


def _size(members: object, drawn: int) -> int:
    """Number of members, whether the file counts them or lists them."""
    if isinstance(members, int):
        return members
    return len(members) if isinstance(members, (list, pl.Series)) else drawn


def _presence(reader: Reader, path: Path, group_id: str) -> tuple[Presence, ...]:
    rows = _of(path, group_id).sort("day", "provider_id", "person_id").iter_rows(named=True)
    return tuple(
        Presence(
            (_EPOCH + dt.timedelta(days=row["day"])).isoformat(),
            reader.shown("provider", row["provider_id"]),
            reader.masked("person", row["person_id"]),
            reader.masked("settlement", row["settlement_id"]),
        )
        for row in rows
    )
