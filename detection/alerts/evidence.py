"""Which settlements belong to which alert, each once, with their money and where they came from."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.alerts.draft import EVIDENCE_SCHEMA, RECORD_SCHEMA, alert_id, case_key
from detection.detectors.cards import Card
from detection.detectors.hits import MONEY, evidence_keys
from features.tables import Tables

_SETTLEMENT_COLUMNS = (
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
        hits: as "What a detector returns" in docs/design.md says; ``cause``, ``strength``, ``member_id``,
            ``subject_kind`` and money of their own are added as nulls where the detector gives none.
        key: the workspace's secret, which the ids of alerts are keyed with.
    """
    optional: dict[str, type[pl.DataType]] = {
        "cause": pl.String,
        "strength": pl.Float64,
        "member_id": pl.String,
        "subject_kind": pl.String,
        **dict.fromkeys(MONEY, pl.Int64),
    }
    lacking = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in optional.items() if name not in hits.columns
    ]
    cases = hits.select(card.dedup).unique(maintain_order=False)
    keys = [case_key(card.detector, values) for values in cases.iter_rows()]
    cases = cases.with_columns(
        pl.Series("case_key", keys, dtype=pl.String),
        pl.Series("alert_id", [alert_id(key, case) for case in keys], dtype=pl.String),
    )
    return hits.with_columns(lacking).join(cases, on=list(card.dedup), how="left", nulls_equal=True)


def evidence_of(
    card: Card,
    cases: pl.DataFrame,
    settlements: pl.LazyFrame,
    tables: Tables,
    *,
    minutes: bool,
    files: Sequence[str],
) -> pl.DataFrame:
    """One row per alert and settlement, sorted: `EVIDENCE_SCHEMA` plus ``settled_day`` and ``service_day``.

    A settlement that a case meets with several causes counts once, under a violation before a "verify". Its money is
    what it paid, unless the hit says that less is at issue.

    Args:
        card: the detector's card.
        cases: hits as `with_case` returns them.
        settlements: canonical settlements, money in fen, as they are or net of reversals; ids as in the tables.
        tables: the accepted tables, which know the codes of ids.
        minutes: whether ``settled_at`` is known to the minute.
        files: names of the input files by the index in ``source_file``.
    """
    pairs = _each_once(card, cases).select("alert_id", "settlement_id", "cause", *MONEY)
    wanted = tables.in_codes(pairs.select("settlement_id").unique()).lazy()
    rows = settlements.select(_SETTLEMENT_COLUMNS).join(wanted, on="settlement_id", how="semi")
    cited = rows.collect(engine="streaming")  # few of many: never all in memory
    priced = tables.in_text(cited, *_SETTLEMENT_COLUMNS)
    return (
        pairs.join(priced, on="settlement_id", how="inner")
        .join(_named(files), on="source_file", how="left")
        .with_columns(
            _SOURCE,
            pl.coalesce("service_day", "settled_day").alias("service_day"),
            pl.col("settled_at").cast(pl.Datetime("us")),
            to_the_minute=pl.lit(minutes),
            pool=pl.coalesce("pool", "pool_paid").fill_null(0),
            account=pl.coalesce(
                "account", pl.col("account_paid").fill_null(0) + pl.col("mutual_aid_paid").fill_null(0)
            ),
            source_row=pl.col("source_row").fill_null(0),
            proof=pl.lit(None, dtype=pl.String),
        )
        .select(*EVIDENCE_SCHEMA, "settled_day", "service_day")
        .sort("alert_id", "settlement_id")
    )


def records_of(card: Card, cases: pl.DataFrame, *, files: Sequence[str]) -> pl.DataFrame:
    """One row per alert and record, sorted: `RECORD_SCHEMA` plus ``settled_day`` and ``service_day``, both its day.

    Args:
        card: a card whose evidence are records.
        cases: hits as `with_case` returns them.
        files: names of the input files by the index in ``source_file``.
    """
    day = pl.col("record_day")
    return (
        _each_once(card, cases)
        .join(_named(files), on="source_file", how="left")
        .with_columns(
            _SOURCE,
            day.cast(pl.Date),
            pl.col(*MONEY, "source_row").fill_null(0),
            settled_day=day,
            service_day=day,
            proof=pl.lit(None, dtype=pl.String),
        )
        .select(*RECORD_SCHEMA, "settled_day", "service_day")
        .sort("alert_id", "record_table", "record_id")
    )


def _each_once(card: Card, cases: pl.DataFrame) -> pl.DataFrame:
    """One row per alert and piece of evidence, a violation before a "verify"."""
    verify = card.causes_with("verify")
    keys = ["alert_id", *evidence_keys(card)]
    ordered = cases.with_columns(pl.col("cause").fill_null("")).sort(
        *keys, pl.col("cause").is_in(verify), "cause"
    )
    return ordered.unique(keys, keep="first", maintain_order=True)


_SOURCE = pl.col("file").fill_null(pl.col("source_file").cast(pl.String)).fill_null("").alias("source_file")
"""The file's name; its number where the manifest has no name."""


def _named(files: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"source_file": range(len(files)), "file": list(files)},
        schema={"source_file": pl.Int32, "file": pl.String},
    )


def totals(evidence: pl.DataFrame) -> pl.DataFrame:
    """One row per alert: rows, fen (what is above and below zero apart), days; sorted by alert."""
    amount = pl.col("pool") + pl.col("account")
    return (
        evidence.group_by("alert_id")
        .agg(
            n=pl.len().cast(pl.Int64),
            pool=pl.col("pool").sum(),
            account=pl.col("account").sum(),
            over=amount.clip(lower_bound=0).sum(),
            owed=(0 - amount).clip(lower_bound=0).sum(),
            days=pl.col("settled_day").n_unique().cast(pl.Int64),
            first_settled=pl.col("settled_day").min(),
            last_settled=pl.col("settled_day").max(),
            service_days=pl.col("service_day").unique().sort(),
        )
        .sort("alert_id")
    )


def main_providers(evidence: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row per alert: the provider with most of its evidence, its kind and district.

    Of several, the one with most money, then the one that came first: ids have no order that means anything.
    """
    order = ("rows", "amount", "first", "provider_id")
    weight = (
        evidence.group_by("alert_id", "provider_id")
        .agg(
            rows=pl.len(),
            amount=(pl.col("pool") + pl.col("account")).sum(),
            first=pl.col("settled_day").min(),
        )
        .sort("alert_id", *order, descending=[False, True, True, False, False])
        .unique("alert_id", keep="first", maintain_order=True)
        .select("alert_id", "provider_id")
    )
    providers: pl.LazyFrame = tables.providers.to_native()
    known = providers.select(
        "provider_id", "provider_kind", district=pl.coalesce("district_code", "pooling_area")
    ).collect()
    return weight.join(tables.in_text(known, "provider_id"), on="provider_id", how="left")


def members(card: Card, cases: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """One row per alert: ``member_ids``, each person once, sorted; by default the persons of the evidence."""
    keys = ["alert_id", *evidence_keys(card)]
    return (
        cases.drop("person_id", strict=False)
        .join(evidence.select(*keys, "person_id"), on=keys, how="inner")
        .select("alert_id", member=pl.coalesce("member_id", "person_id"))
        .drop_nulls()
        .group_by("alert_id")
        .agg(member_ids=pl.col("member").unique().sort())
    )
