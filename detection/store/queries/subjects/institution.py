"""An institution: what its agreement says, and how it stands among those of its kind and level."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl
from sqlalchemy import func, select

from detection.store.lifecycle import OPEN
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.accepted import accepted_rows
from detection.store.queries.subjects.lookup import files_of, subject_id
from detection.store.schema import Alert, Institution


@dataclass(frozen=True)
class InstitutionRegistration:
    """What is on record of an institution; codes as in the contract, None and empty where unknown."""

    kind: str
    level: str
    district: str
    agreement_start: dt.date | None
    agreement_end: dt.date | None


@dataclass(frozen=True)
class Peer:
    """An institution among those of its kind and level.

    Attributes:
        pseudonym, name, district: of the institution.
        money: of all its settlements, in fen.
        spend_rank: 1 is the most money among the peers; ``district_rank`` among those of the district.
        risk_rank: 1 is the highest risk among the peers; None where no evidence points to it.
        alerts: open alerts about it.
    """

    pseudonym: str
    name: str
    district: str
    money: int
    spend_rank: int
    district_rank: int
    risk_rank: int | None
    alerts: int


def registration(reader: Reader, pseudonym: str) -> InstitutionRegistration | None:
    """The institution of a pseudonym; None where there is none."""
    identity = subject_id(reader, "provider", pseudonym)
    row = reader.session.get(Institution, identity)
    if row is None:
        return None
    agreements = accepted_rows(reader, "providers", pl.col("provider_id") == identity, "provider_id")
    start, end = (
        agreements[0][name] if agreements else None for name in ("agreement_start", "agreement_end")
    )
    return InstitutionRegistration(row.kind, row.level, row.district, start, end)


def peers(reader: Reader, pseudonym: str) -> list[Peer]:
    """Institutions of its kind and level, the institution itself among them, most money first."""
    identity = subject_id(reader, "provider", pseudonym)
    own = reader.session.get(Institution, identity)
    totals = files_of(reader).scan("provider", "totals")
    if own is None or totals is None:
        return []
    alike = select(Institution).where(Institution.kind == own.kind, Institution.level == own.level)
    districts = {row.provider_id: row.district for row in reader.session.scalars(alike)}
    among = totals.filter(pl.col("id").is_in(list(districts))).select("id", "money").collect()
    risks, alerts = _risk_ranks(reader, among), _open_alerts(reader)
    money = pl.col("money").rank("min", descending=True).cast(pl.Int64)
    ranked = (
        among.with_columns(district=pl.col("id").replace_strict(districts))
        .with_columns(spend_rank=money, district_rank=money.over("district"))
        .sort("spend_rank", "id")
    )
    return [
        Peer(
            reader.identity("provider", row["id"]),
            reader.name("provider", row["id"]),
            row["district"],
            row["money"],
            row["spend_rank"],
            row["district_rank"],
            risks.get(row["id"]),
            alerts.get(row["id"], 0),
        )
        for row in ranked.iter_rows(named=True)
    ]


def _risk_ranks(reader: Reader, among: pl.DataFrame) -> dict[str, int]:
    """Rank by risk among institutions, of those with any evidence."""
    path = reader.run_part("risk/provider.parquet")
    if not path.exists():
        return {}
    listed = pl.scan_parquet(path).filter(pl.col("risk") > 0).select("rank", id="entity_id").collect()
    ordered = listed.join(among, on="id", how="semi").sort("rank")["id"]
    return {identity: rank for rank, identity in enumerate(ordered, 1)}


def _open_alerts(reader: Reader) -> dict[str, int]:
    query = (
        select(Alert.subject_id, func.count())
        .where(Alert.subject_kind == "provider", Alert.status.in_(OPEN))
        .group_by(Alert.subject_id)
    )
    return dict(reader.session.execute(query).all())
