"""Network: "Who appears together, and is that more than chance?" One group, never all of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
from sqlalchemy import func, select

from detection.alerts.moment import Moment
from detection.detectors.artifacts import artifact_folder
from detection.store.lifecycle import OPEN
from detection.store.queries.alerts import Row, listed
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence
from features.calendar import date_of

_OF_GROUPS = (Alert.subject_kind == "group", Alert.status.in_(OPEN))


@dataclass(frozen=True)
class Group:
    """An open alert about a group, with its members and days; 0 where the run did not leave them."""

    row: Row
    members: int
    days: int


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
    """One member at one provider on one day of the group.

    ``institution`` is the pseudonym of the provider, ``at`` the time of the settlement; None where it is not known.
    """

    day: dt.date
    provider: str
    person: str
    settlement: str
    institution: str
    at: Moment | None


@dataclass(frozen=True)
class Network:
    """The members of one group and where they were; ``left_out`` members are counted and not shown."""

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


def count_groups(reader: Reader) -> int:
    """Number of open alerts about groups."""
    return reader.session.scalar(select(func.count()).select_from(Alert).where(*_OF_GROUPS)) or 0


def groups(reader: Reader, *, most: int | None = None) -> list[Group]:
    """Open alerts about groups, by rank; the first of them where a number is named."""
    query = select(Alert).where(*_OF_GROUPS).order_by(Alert.rank, Alert.alert_id).limit(most)
    alerts = list(reader.session.scalars(query))

    @cache
    def sizes(folder: Path) -> dict[str, tuple[int, int]]:
        known = _table(folder, "groups")
        if known.is_empty():
            return {}
        return {
            row["group_id"]: (_size(row["members"], 0), row["days"]) for row in known.iter_rows(named=True)
        }

    return [
        Group(row, *sizes(_folder(reader, alert)).get(alert.subject_id, (0, 0)))
        for row, alert in zip(listed(reader, alerts), alerts, strict=True)
    ]


def network(reader: Reader, alert_id: str, *, most_people: int = 60) -> Network | None:
    """The group of an alert; None where the alert is about no group or its relations are not there.

    Args:
        reader: the reading.
        alert_id: an alert whose subject is a group.
        most_people: members shown at most, those of the most days first.
    """
    alert = reader.session.get(Alert, alert_id)
    if alert is None:
        return None
    folder, group_id = _folder(reader, alert), alert.subject_id
    rows = _table(folder, "groups", group_id)
    if rows.is_empty():
        return None
    group = rows.row(0, named=True)
    days = _table(folder, "days", group_id)
    members = _members(reader, days)
    shown = frozenset(members[:most_people])
    return Network(
        group=reader.identity("group", group_id),
        members=_size(group["members"], len(members)),
        days=int(group["days"]),
        seen=float(group["seen"]),
        expected=float(group["expected"]),
        p_value=float(group["p_value"]),
        people=tuple(reader.identity("person", person) for person in members[:most_people]),
        edges=_edges(reader, _table(folder, "edges", group_id), shown),
        presence=_presence(reader, days, alert_id, shown),
        left_out=len(members) - len(shown),
    )


def _folder(reader: Reader, alert: Alert) -> Path:
    """Where the run left the detector's artifacts; runs of earlier versions kept the one network apart."""
    run = reader.run_part("artifacts", alert.run_id).parent
    folder = artifact_folder(run, alert.detector)
    return folder if folder.exists() else reader.run_part("network", alert.run_id)


def _table(folder: Path, name: str, group_id: str | None = None) -> pl.DataFrame:
    """An artifact, or one group's rows of it; empty where the run did not leave it."""
    path = folder / f"{name}.parquet"
    if not path.exists():
        return pl.DataFrame()
    table = pl.scan_parquet(path)
    return (table if group_id is None else table.filter(pl.col("group_id") == group_id)).collect()


def _size(members: object, shown: int) -> int:
    """Number of members, whether the file counts them or lists them."""
    if isinstance(members, int):
        return members
    return len(members) if isinstance(members, (list, pl.Series)) else shown


def _members(reader: Reader, days: pl.DataFrame) -> list[str]:
    """People of the group, those of most days first, then by pseudonym."""
    if days.is_empty():
        return []
    counts = Counter(person for person, _ in days.select("person_id", "day").unique().iter_rows())
    return sorted(counts, key=lambda person: (-counts[person], reader.identity("person", person)))


def _edges(reader: Reader, edges: pl.DataFrame, people: frozenset[str]) -> tuple[Edge, ...]:
    """Pairs of the people, most days together first."""
    if edges.is_empty():
        return ()
    of_people = edges.filter(pl.col("person_a").is_in(people), pl.col("person_b").is_in(people))
    in_order = of_people.sort("days_together", "person_a", "person_b", descending=[True, False, False])
    return tuple(
        Edge(
            reader.identity("person", edge["person_a"]),
            reader.identity("person", edge["person_b"]),
            int(edge["days_together"]),
            float(edge["expected"]),
            edge["relation"],
        )
        for edge in in_order.iter_rows(named=True)
    )


def _presence(
    reader: Reader, days: pl.DataFrame, alert_id: str, people: frozenset[str]
) -> tuple[Presence, ...]:
    if days.is_empty():
        return ()
    query = select(Evidence.settlement_id, Evidence.settled_at).where(Evidence.alert_id == alert_id)
    times = {settlement: Moment.from_text(at) for settlement, at in reader.session.execute(query)}
    rows = days.filter(pl.col("person_id").is_in(people)).sort("day", "provider_id", "person_id")
    return tuple(
        Presence(
            date_of(row["day"]),
            reader.name("provider", row["provider_id"]),
            reader.identity("person", row["person_id"]),
            reader.identity("settlement", row["settlement_id"]),
            reader.identity("provider", row["provider_id"]),
            times.get(row["settlement_id"]),
        )
        for row in rows.iter_rows(named=True)
    )
