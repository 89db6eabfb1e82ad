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
from features.calendar import date_of


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
    """One person at one provider on one day of the group; ``institution`` is the pseudonym of the provider."""

    day: dt.date
    provider: str
    person: str
    settlement: str
    institution: str


@dataclass(frozen=True)
class Network:
    """The people and providers of one group; ``left_out`` people are counted and not shown."""

    group: str
    members: int
    days: int
    seen: float
    expected: float
    p_value: float
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
        most_nodes: people shown at most, those of the most days together first.
    """
    alert = reader.session.get(Alert, alert_id)
    if alert is None:
        return None
    folder = _folder(reader, alert)
    if not (folder / "groups.parquet").exists():
        return None
    groups = _of_group(folder / "groups.parquet", alert.subject_id)
    if groups.is_empty():
        return None
    group = groups.row(0, named=True)
    edges = _of_group(folder / "edges.parquet", alert.subject_id).sort(
        "days_together", "person_a", "person_b", descending=[True, False, False]
    )
    people = list(
        dict.fromkeys(person for pair in edges.select("person_a", "person_b").iter_rows() for person in pair)
    )
    kept = set(people[:most_nodes])
    return Network(
        group=reader.identity("group", alert.subject_id),
        members=_size(group["members"], len(people)),
        days=int(group["days"]),
        seen=float(group["seen"]),
        expected=float(group["expected"]),
        p_value=float(group["p_value"]),
        people=tuple(reader.identity("person", person) for person in people[:most_nodes]),
        edges=tuple(
            Edge(
                reader.identity("person", edge["person_a"]),
                reader.identity("person", edge["person_b"]),
                int(edge["days_together"]),
                float(edge["expected"]),
                edge["relation"],
            )
            for edge in edges.iter_rows(named=True)
            if {edge["person_a"], edge["person_b"]} <= kept
        ),
        presence=_presence(reader, folder / "days.parquet", alert.subject_id),
        left_out=max(len(people) - most_nodes, 0),
    )


def _folder(reader: Reader, alert: Alert) -> Path:
    """Where the run left the detector's artifacts; runs of earlier versions kept the one network apart."""
    run = reader.workspace.run(alert.run_id)
    folder = artifact_folder(run, alert.detector)
    return folder if folder.exists() else run / "network"


def _of_group(path: Path, group_id: str) -> pl.DataFrame:
    return pl.scan_parquet(path).filter(pl.col("group_id") == group_id).collect()


def _size(members: object, shown: int) -> int:
    """Number of members, whether the file counts them or lists them."""
    if isinstance(members, int):
        return members
    return len(members) if isinstance(members, (list, pl.Series)) else shown


def _presence(reader: Reader, path: Path, group_id: str) -> tuple[Presence, ...]:
    rows = _of_group(path, group_id).sort("day", "provider_id", "person_id").iter_rows(named=True)
    return tuple(
        Presence(
            date_of(row["day"]),
            reader.name("provider", row["provider_id"]),
            reader.identity("person", row["person_id"]),
            reader.identity("settlement", row["settlement_id"]),
            reader.identity("provider", row["provider_id"]),
        )
        for row in rows
    )
