"""What a refund reverses, where the source does not say: the settlement of the same visit with these amounts.

A refund is a row of its own with a negative total. One that names its original keeps the name. Any other is
held against the earlier settlements of the same person, provider and visit whose amounts are its own with the
other sign, and takes the nearest that no other refund has taken. Where two are equally near, or there is none,
it stays unlinked and is flagged: nobody can say what it reverses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from features.contract.vocabulary import PAYER_COLUMNS
from features.intake.checks.duplicates import PLACE
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


def link_reversals(parts: Sequence[Path], flags: Spool) -> dict[str, int]:
    """Fill in ``reverses_settlement_id`` in the accepted settlements.

    Memory is needed for the refunds and the settlements like them, not for the table.

    Args:
        parts: the accepted settlements.
        flags: gets the refunds that stay unlinked.

    Returns:
        How many refunds there are: ``named`` by the source, ``found``, ``none`` and ``several``.
    """
    rows = pl.scan_parquet(list(parts))
    mistaken = _collected(rows.filter(pl.col(_REVERSES).is_not_null(), _no_refund()).select(*PLACE, _ID))
    named = _collected(rows.filter(pl.col(_REVERSES).is_not_null(), ~_no_refund()).select(_REVERSES))
    given = _collected(rows.filter(pl.col("total_amount") < 0).select(pl.len())).item()
    looking, originals = _candidates(rows, named[_REVERSES])
    found, several = _pairs(looking, originals)
    chosen = pl.DataFrame(found, schema={_ID: pl.String, "\0original": pl.String}, orient="row")
    linked = looking.select(*PLACE, _ID).join(chosen, on=_ID)
    tied = looking.filter(pl.col(_ID).is_in(several))
    alone = looking.join(linked, on=PLACE, how="anti").join(tied, on=PLACE, how="anti")
    _write(parts, linked, mistaken)
    for places, flag in ((alone, NO_ORIGINAL), (tied, SEVERAL_ORIGINALS), (mistaken, NOT_A_REFUND)):
        flags.add(_flagged(places, flag))
    return {
        "refunds": int(given),
        "named": named.height,
        "found": linked.height,
        "none": alone.height,
        "several": tied.height,
    }


def _no_refund() -> pl.Expr:
    """A row that takes nothing back, or names itself."""
    return (pl.col("total_amount") >= 0) | (pl.col(_REVERSES) == pl.col(_ID))


def _candidates(rows: pl.LazyFrame, taken: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Refunds that name no original, and the settlements with their visit and amounts that none names."""
    there = rows.collect_schema()
    visit = [name for name in _VISIT if name in there]
    amounts = [name for name in _AMOUNTS if name in there]
    unnamed = pl.col(_REVERSES).is_null() | (pl.col(_REVERSES) == pl.col(_ID))
    opposite = [(-pl.col(name)).alias(name) for name in amounts]
    wanted = (*PLACE, _ID, "settled_at", *visit, *amounts)
    looking = _collected(
        rows.filter(pl.col("total_amount") < 0, unnamed).select(wanted).with_columns(opposite)
    )
    key = [*visit, *amounts]
    like = looking.select(key).unique().lazy()
    originals = _collected(
        rows.filter(pl.col("total_amount") > 0)
        .select(wanted)
        .join(like, on=key, how="semi", nulls_equal=True)
        .join(taken.alias(_ID).unique().to_frame().lazy(), on=_ID, how="anti")
    )
    return looking, originals


def _pairs(looking: pl.DataFrame, originals: pl.DataFrame) -> tuple[list[tuple[str, str]], list[str]]:
    """Refunds with their originals, and refunds that two originals are equally near to."""
    if looking.is_empty():
        return [], []
    key = [name for name in looking.columns if name not in (*PLACE, _ID, "settled_at")]
    both = pl.concat(
        [originals.with_columns(pl.lit(0).alias(_REFUND)), looking.with_columns(pl.lit(1).alias(_REFUND))]
    )
    in_order = both.sort(*key, "settled_at", _REFUND, _ID).select(
        pl.struct(key).rle_id().alias("group"), _REFUND, "settled_at", _ID
    )
    return _taken_in_turn(in_order.iter_rows())


def _taken_in_turn(rows: Iterator[tuple[Any, ...]]) -> tuple[list[tuple[str, str]], list[str]]:
    """In order of time, each refund takes the nearest original that is left."""
    found: list[tuple[str, str]] = []
    several: list[str] = []
    group: int | None = None
    open_: list[tuple[dt.datetime, str]] = []
    for of, refund, at, name in rows:
        if of != group:
            group, open_ = of, []
        if not refund:
            open_.append((at, name))
        elif len(open_) > 1 and open_[-1][0] == open_[-2][0]:
            several.append(name)
        elif open_:
            found.append((name, open_.pop()[1]))
    return found, several


def _write(parts: Sequence[Path], linked: pl.DataFrame, mistaken: pl.DataFrame) -> None:
    """Rewrite the parts in which something changes."""
    nothing = pl.lit(None, dtype=pl.String).alias("\0original")
    changes = pl.concat([linked.drop(_ID), mistaken.select(*PLACE, nothing)])
    for part in parts if changes.height else ():
        mine = _collected(pl.scan_parquet(part).select(PLACE).join(changes.lazy(), on=PLACE))
        if mine.is_empty():
            continue
        rows = pl.read_parquet(part)
        joined = rows.join(
            mine.with_columns(pl.lit(value=True).alias("\0new")), on=PLACE, how="left", maintain_order="left"
        )
        value = pl.when(pl.col("\0new")).then(pl.col("\0original")).otherwise(pl.col(_REVERSES))
        joined.with_columns(value.alias(_REVERSES)).select(rows.columns).write_parquet(part)


def _flagged(places: pl.DataFrame, flag: str) -> pl.DataFrame:
    return places.select(
        pl.lit("settlements").alias("table"),
        *PLACE,
        pl.lit(_REVERSES).alias("column"),
        pl.lit(flag).alias("flag"),
    ).select(list(FLAGS))


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")
