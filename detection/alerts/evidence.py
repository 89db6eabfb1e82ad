"""Which settlements belong to which alert, each once, with their money and where they came from."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.alerts.draft import EVIDENCE_SCHEMA, alert_id, case_key
from detection.cards import Card

_OF_SETTLEMENTS = (
    "settlement_id",
    "person_id",
    "provider_id",
    "settled_at",
    "settled_day",
    "service_day",
    "pool_paid",
    "account_paid",
    "mutual_aid_paid",
    "source_file",
    "source_row",
)


def with_case(card: Card, hits: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The hits with ``case_key`` and ``alert_id``: equal where the card's ``dedup`` columns are.

    Args:
        card: the detector's card.
        hits: as "What a detector returns" in docs/design.md says; ``cause``, ``strength`` and ``member_id``
            are added as nulls where the detector gives none.
        key: the workspace's secret, which the ids of alerts are keyed with.
    """
    optional = {"cause": pl.String, "strength": pl.Float64, "member_id": pl.String}
    lacking = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in optional.items() if name not in hits.columns
    ]
    cases = hits.select(card.dedup).unique(maintain_order=False)
    found = [case_key(card.detector, values) for values in cases.iter_rows()]
    cases = cases.with_columns(
        pl.Series("case_key", found, dtype=pl.String),
        pl.Series("alert_id", [alert_id(key, case) for case in found], dtype=pl.String),
    )
    return hits.with_columns(lacking).join(cases, on=list(card.dedup), how="left", nulls_equal=True)


def evidence_of(
    card: Card, cases: pl.DataFrame, settlements: pl.LazyFrame, *, minutes: bool, files: Sequence[str]
) -> pl.DataFrame:
    """One row per alert and settlement, sorted: `EVIDENCE_SCHEMA` plus ``settled_day`` and ``service_day``.

    A settlement that a case meets with several causes counts once, under a violation before a "verify".

    Args:
        card: the detector's card.
        cases: hits as `with_case` returns them.
        settlements: canonical settlements, money in fen, as they are or net of reversals.
        minutes: whether ``settled_at`` is known to the minute.
        files: names of the input files by the index in ``source_file``.
    """
    verify = [name for name, cause in card.causes.items() if cause.judgement == "verify"]
    pairs = (
        cases.with_columns(pl.col("cause").fill_null(""))
        .sort("alert_id", "settlement_id", pl.col("cause").is_in(verify), "cause")
        .unique(["alert_id", "settlement_id"], keep="first", maintain_order=True)
        .select("alert_id", "settlement_id", "cause")
    )
    wanted = pairs.lazy().select("settlement_id").unique()
    rows = settlements.select(_OF_SETTLEMENTS).join(wanted, on="settlement_id", how="semi")
    priced = rows.collect(engine="streaming")  # few of many: never all in memory
    named = pl.DataFrame(
        {"source_file": range(len(files)), "file": list(files)},
        schema={"source_file": pl.Int32, "file": pl.String},
    )
    return (
        pairs.join(priced, on="settlement_id", how="inner")
        .join(named, on="source_file", how="left")
        .with_columns(
            pl.coalesce("service_day", "settled_day").alias("service_day"),
            pl.col("settled_at").dt.strftime("%Y-%m-%d %H:%M:%S" if minutes else "%Y-%m-%d"),
            pool=pl.col("pool_paid").fill_null(0),
            account=pl.col("account_paid").fill_null(0) + pl.col("mutual_aid_paid").fill_null(0),
            source_file=pl.col("file").fill_null(pl.col("source_file").cast(pl.String)).fill_null(""),
            source_row=pl.col("source_row").fill_null(0),
        )
        .select(*EVIDENCE_SCHEMA, "settled_day", "service_day")
        .sort("alert_id", "settlement_id")
    )


def totals(evidence: pl.DataFrame) -> pl.DataFrame:
    """One row per alert: rows, fen, days; sorted by alert."""
    return (
        evidence.group_by("alert_id")
        .agg(
            n=pl.len().cast(pl.Int64),
            pool=pl.col("pool").sum(),
            account=pl.col("account").sum(),
            days=pl.col("settled_day").n_unique().cast(pl.Int64),
            first_settled=pl.col("settled_day").min(),
            last_settled=pl.col("settled_day").max(),
            service_days=pl.col("service_day").unique().sort(),
        )
        .sort("alert_id")
    )


def main_providers(evidence: pl.DataFrame, providers: pl.LazyFrame) -> pl.DataFrame:
    """One row per alert: the provider with most of its evidence (then most money), its kind and district."""
    weight = (
        evidence.group_by("alert_id", "provider_id")
        .agg(rows=pl.len(), amount=(pl.col("pool") + pl.col("account")).sum())
        .sort("alert_id", "rows", "amount", "provider_id", descending=[False, True, True, False])
        .unique("alert_id", keep="first", maintain_order=True)
        .select("alert_id", "provider_id")
    )
    known = providers.select(
        "provider_id", "provider_kind", district=pl.coalesce("district_code", "pooling_area")
    ).collect()
    return weight.join(known, on="provider_id", how="left")


def members(cases: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """One row per alert: ``member_ids``, each person once, sorted; by default the persons of the settlements."""
    persons = evidence.select("alert_id", "settlement_id", "person_id")
    return (
        cases.join(persons, on=["alert_id", "settlement_id"], how="inner")
        .select("alert_id", member=pl.coalesce("member_id", "person_id"))
        .drop_nulls()
        .group_by("alert_id")
        .agg(member_ids=pl.col("member").unique().sort())
    )
