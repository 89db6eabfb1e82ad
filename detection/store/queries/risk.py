"""Risk lists: "Whom does most evidence point to?" Subjects of every kind with the kinds of evidence behind them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import func, or_, select

from detection.language.text import Text
from detection.store.lifecycle import OPEN
from detection.store.queries import stored
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Institution

KINDS = ("provider", "person", "payer_account", "prescriber", "operator", "employer", "group")
"""Kinds of subjects that have a risk, in the order of the tabs."""


@dataclass(frozen=True)
class Sign:
    """One kind of evidence about a subject: the detector, and how much, 0 to 6."""

    detector: str
    value: float


@dataclass(frozen=True)
class RiskRow:
    """A subject of a list, masked.

    Attributes:
        rank: 1 is the highest risk.
        name: of an institution; anything else by pseudonym.
        subject: pseudonym.
        risk: all of its evidence together.
        spend_rank: 1 is the most money; None where it is not known.
        rank_without: the rank without the strongest kind of evidence; None where it is not known.
        kinds_in_run: kinds of evidence that the run has about any subject of the list; None where it is not known.
        signs: kinds of evidence, strongest first.
        reasons: features in which it stands out among its peers; empty where a model listed none.
        alerts: open alerts about it.
    """

    rank: int
    name: str
    subject: str
    risk: float
    spend_rank: int | None
    rank_without: int | None
    kinds_in_run: int | None
    signs: tuple[Sign, ...]
    reasons: tuple[Text, ...]
    alerts: int


@dataclass(frozen=True)
class RiskList:
    """One page of a list, and how many subjects have any evidence."""

    rows: tuple[RiskRow, ...]
    total: int


def risk_list(reader: Reader, kind: str, *, page: int = 1, size: int = 25) -> RiskList:
    """Subjects of a kind that any evidence points to, highest risk first; empty where the run kept no list.

    A reader of some districts sees institutions of these, and other subjects whose open alerts are all of these; ranks
    are those of the whole fund.

    Args:
        reader: the reading.
        kind: one of `KINDS`.
        page: 1 is the first.
        size: rows of a page.
    """
    path = _path(reader, kind)
    if path is None:
        return RiskList((), 0)
    listed = pl.scan_parquet(path).filter(pl.col("risk") > 0)
    if reader.scope is not None:
        listed = listed.filter(pl.col("entity_id").is_in(_subjects_within(reader, kind, reader.scope)))
    total = int(listed.select(pl.len()).collect().item())
    rows = listed.sort("rank").slice((page - 1) * size, size).collect()
    alerts = _open_alerts(reader, kind, rows["entity_id"].to_list())
    return RiskList(tuple(_row(reader, kind, row, alerts) for row in rows.iter_rows(named=True)), total)


def risk_of(reader: Reader, kind: str, identity: str) -> RiskRow | None:
    """One subject as its list shows it; None where no evidence points to it. ``identity`` is that of the source."""
    path = _path(reader, kind)
    if path is None:
        return None
    own = pl.scan_parquet(path).filter(pl.col("entity_id") == identity, pl.col("risk") > 0).collect()
    alerts = _open_alerts(reader, kind, [identity])
    return _row(reader, kind, own.row(0, named=True), alerts) if own.height else None


def counts(reader: Reader) -> dict[str, int]:
    """Number of subjects with evidence, by kind."""
    return {kind: risk_list(reader, kind, size=0).total for kind in KINDS}


def signs_of_alert(reader: Reader, alert_id: str) -> tuple[Sign, ...]:
    """Kinds of evidence about the subject of an alert in the current run; empty where there are none."""
    alert = stored.alert(reader, alert_id)
    path = _path(reader, alert.subject_kind)
    if path is None:
        return ()
    own = pl.scan_parquet(path).filter(pl.col("entity_id") == alert.subject_id).select("evidence").collect()
    return _signs(str(own.item())) if own.height else ()


def _subjects_within(reader: Reader, kind: str, districts: Sequence[str]) -> list[str]:
    """Ids of the subjects that readers of some districts see."""
    if kind == "provider":
        query = select(Institution.provider_id).where(Institution.district.in_(districts))
        return list(reader.session.scalars(query))
    table = Alert.__table__.c  # not the class: the reading is limited to its own alerts
    about = select(table.subject_id).where(table.subject_kind == kind, table.status.in_(OPEN))
    elsewhere = about.where(or_(table.district.is_(None), table.district.not_in(districts)))
    own = about.where(table.district.in_(districts), table.subject_id.not_in(elsewhere)).distinct()
    return list(reader.session.scalars(own))


def _path(reader: Reader, kind: str) -> Path | None:
    if kind not in KINDS or reader.run is None:
        return None
    path = reader.run_part(f"risk/{kind}.parquet")
    return path if path.exists() else None


def _row(reader: Reader, kind: str, row: dict[str, object], alerts: Counter[str]) -> RiskRow:
    identity = str(row["entity_id"])
    return RiskRow(
        rank=int(str(row["rank"])),
        name=reader.name(kind, identity),
        subject=reader.identity(kind, identity),
        risk=float(str(row["risk"])),
        spend_rank=_whole(row, "spend_rank"),
        rank_without=_whole(row, "rank_without"),
        kinds_in_run=_whole(row, "kinds_in_run"),
        signs=_signs(str(row["evidence"])),
        reasons=tuple(
            Text(reader.sentence(reason["en"]), reader.sentence(reason["zh"]))
            for reason in json.loads(str(row["reasons"] or "[]"))
        ),
        alerts=alerts[identity],
    )


def _whole(row: dict[str, object], name: str) -> int | None:
    """A whole number of a row; None where it is null, or where a run of an earlier version has no such column."""
    value = row.get(name)
    return None if value is None else int(str(value))


def _signs(stored_signs: str) -> tuple[Sign, ...]:
    return tuple(Sign(str(each["detector"]), float(each["value"])) for each in json.loads(stored_signs))


def _open_alerts(reader: Reader, kind: str, ids: Sequence[str]) -> Counter[str]:
    query = (
        select(Alert.subject_id, func.count())
        .where(Alert.subject_kind == kind, Alert.subject_id.in_(ids), Alert.status.in_(OPEN))
        .group_by(Alert.subject_id)
    )
    return Counter(dict(reader.session.execute(query).all()))
