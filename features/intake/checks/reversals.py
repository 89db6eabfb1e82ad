"""Link refunds to the settlements that they reverse.

A refund is a separate row with a negative total. If it names its original, that link is kept. Otherwise the
original is the latest earlier settlement of the same person, provider and visit that has the opposite amounts and
is not linked to another refund. If there is no such settlement, or two at the same time, the refund stays
unlinked and is flagged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from features.contract.vocabulary import PAYER_COLUMNS
from features.intake.checks.duplicates import ROW_KEY
from features.intake.manifest import RefundCounts
from features.intake.sinks import FLAGS
from features.intake.spool import Spool

NO_ORIGINAL = "refund_without_original"
SEVERAL_ORIGINALS = "refund_with_several_originals"
NOT_A_REFUND = "names_an_original_but_is_no_refund"
_VISIT = ("person_id", "provider_id", "encounter_id")
_AMOUNTS = ("total_amount", *(name for name in PAYER_COLUMNS if name != "provider_borne"))
_REVERSES = "reverses_settlement_id"
_ID = "settlement_id"
_REFUND = "\0refund"


def link_reversals(parts: Sequence[Path], flags: Spool) -> RefundCounts:
    """Fill in ``reverses_settlement_id`` in the accepted settlements.

    Memory: the refunds, and the settlements with matching visits and amounts.

    Args:
        parts: the accepted settlements.
        flags: sink for the refunds that stay unlinked.

    Returns:
        Numbers of refunds by how they were linked.
    """
    rows = pl.scan_parquet(list(parts))
    mistaken = _collect(rows.filter(pl.col(_REVERSES).is_not_null(), _is_no_refund()).select(*ROW_KEY, _ID))
    named = _collect(rows.filter(pl.col(_REVERSES).is_not_null(), ~_is_no_refund()).select(_REVERSES))
    given = _collect(rows.filter(pl.col("total_amount") < 0).select(pl.len())).item()
    refunds, originals = _candidates(rows, named[_REVERSES])
    pairs, ambiguous_ids = _pairs(refunds, originals)
    chosen = pl.DataFrame(pairs, schema={_ID: pl.String, "\0original": pl.String}, orient="row")
    linked = refunds.select(*ROW_KEY, _ID).join(chosen, on=_ID)
    ambiguous = refunds.filter(pl.col(_ID).is_in(ambiguous_ids))
    unmatched = refunds.join(linked, on=ROW_KEY, how="anti").join(ambiguous, on=ROW_KEY, how="anti")
    _write(parts, linked, mistaken)
    for unlinked, flag in (
        (unmatched, NO_ORIGINAL),
        (ambiguous, SEVERAL_ORIGINALS),
        (mistaken, NOT_A_REFUND),
    ):
        flags.add(_flagged(unlinked, flag))
    return RefundCounts(
        refunds=int(given),
        named=named.height,
        matched=linked.height,
        none=unmatched.height,
        several=ambiguous.height,
    )


def _is_no_refund() -> pl.Expr:
    """Whether a row has no negative total, or names itself as its original."""
    return (pl.col("total_amount") >= 0) | (pl.col(_REVERSES) == pl.col(_ID))


def _candidates(rows: pl.LazyFrame, named: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Refunds without a named original, and settlements with matching visits and amounts that no refund names."""
    columns = rows.collect_schema()
    visit = [name for name in _VISIT if name in columns]
    amounts = [name for name in _AMOUNTS if name in columns]
    unnamed = pl.col(_REVERSES).is_null() | (pl.col(_REVERSES) == pl.col(_ID))
    opposite = [(-pl.col(name)).alias(name) for name in amounts]
    wanted = (*ROW_KEY, _ID, "settled_at", *visit, *amounts)
    refunds = _collect(rows.filter(pl.col("total_amount") < 0, unnamed).select(wanted).with_columns(opposite))
    key = [*visit, *amounts]
    like = refunds.select(key).unique().lazy()
    originals = _collect(
        rows.filter(pl.col("total_amount") > 0)
        .select(wanted)
        .join(like, on=key, how="semi", nulls_equal=True)
        .join(named.alias(_ID).unique().to_frame().lazy(), on=_ID, how="anti")
    )
    return refunds, originals


def _pairs(refunds: pl.DataFrame, originals: pl.DataFrame) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of refund and original, and refunds with two equally near originals."""
    if refunds.is_empty():
        return [], []
    key = [name for name in refunds.columns if name not in (*ROW_KEY, _ID, "settled_at")]
    both = pl.concat(
        [originals.with_columns(pl.lit(0).alias(_REFUND)), refunds.with_columns(pl.lit(1).alias(_REFUND))]
    )
    in_order = both.sort(*key, "settled_at", _REFUND, _ID).select(
        pl.struct(key).rle_id().alias("group"), _REFUND, "settled_at", _ID
    )
    return _nearest_originals(in_order.iter_rows())


def _nearest_originals(
    rows: Iterator[tuple[int, int, dt.datetime, str]],
) -> tuple[list[tuple[str, str]], list[str]]:
    """Match each refund, in order of time, with the nearest original that is not yet matched."""
    pairs: list[tuple[str, str]] = []
    ambiguous: list[str] = []
    group = -1
    candidates: list[tuple[dt.datetime, str]] = []
    for visit, refund, settled_at, name in rows:
        if visit != group:
            group, candidates = visit, []
        if not refund:
            candidates.append((settled_at, name))
        elif len(candidates) > 1 and candidates[-1][0] == candidates[-2][0]:
            ambiguous.append(name)
        elif candidates:
            pairs.append((name, candidates.pop()[1]))
    return pairs, ambiguous


def _write(parts: Sequence[Path], linked: pl.DataFrame, mistaken: pl.DataFrame) -> None:
    """Rewrite the parts that contain changed rows."""
    nothing = pl.lit(None, dtype=pl.String).alias("\0original")
    changes = pl.concat([linked.drop(_ID), mistaken.select(*ROW_KEY, nothing)])
    for part in parts if changes.height else ():
        changed = _collect(pl.scan_parquet(part).select(ROW_KEY).join(changes.lazy(), on=ROW_KEY))
        if changed.is_empty():
            continue
        rows = pl.read_parquet(part)
        joined = rows.join(
            changed.with_columns(pl.lit(value=True).alias("\0new")),
            on=ROW_KEY,
            how="left",
            maintain_order="left",
        )
        value = pl.when(pl.col("\0new")).then(pl.col("\0original")).otherwise(pl.col(_REVERSES))
        joined.with_columns(value.alias(_REVERSES)).select(rows.columns).write_parquet(part)


def _flagged(rows: pl.DataFrame, flag: str) -> pl.DataFrame:
    return rows.select(
        pl.lit("settlements").alias("table"),
        *ROW_KEY,
        pl.lit(_REVERSES).alias("column"),
        pl.lit(flag).alias("flag"),
    ).select(list(FLAGS))


def _collect(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")
