"""The link from payments for relatives to authorizations: pairs without any, and days on which the table ends."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.arrivals import behind
from detection.links.gaps import Span, gaps_of, mass_gaps
from detection.links.keys import KeyNames, too_many
from detection.links.link import Break
from detection.links.unknown_ends import unknown_ends
from features.engine import collect
from features.tables import Tables

_PAIR = ["payer_id", "beneficiary_id"]


def payers(tables: Tables, span: Span) -> Iterator[Break]:
    """Payments for relatives that name no payer."""
    del span
    if not tables.has("settlements", "mutual_aid_paid", "mutual_aid_payer_id"):
        return
    aided = tables.settlements.filter(nw.col("mutual_aid_paid") != 0)
    lacking = nw.col("mutual_aid_payer_id").is_null().cast(nw.Int64)
    n, of = collect(aided.select(n=lacking.sum(), of=nw.len().cast(nw.Int64))).row(0)
    if too_many(n or 0, of):
        yield Break(
            "aid_payer",
            (
                f"{n:,} of {of:,} payments for relatives name no payer: the column is not filled",
                f"{of:,} 笔共济支付中有 {n:,} 笔未注明支付人：该字段未填报",
            ),
        )


def authorizations(tables: Tables, span: Span) -> Iterator[Break]:
    """Pairs with payments but without any authorization, and authorizations that end or begin together."""
    if not tables.has("family_authorizations", *_PAIR) or not tables.has(
        "settlements", "mutual_aid_payer_id"
    ):
        return
    names = KeyNames(
        "aid_authorization", "payer", "family_authorizations", "共济授权表", "accounts", "个账户"
    )
    paid = (
        tables.settlements.filter(
            nw.col("mutual_aid_paid") > 0, nw.col("mutual_aid_payer_id") != nw.col("person_id")
        )
        .group_by(
            nw.col("mutual_aid_payer_id").alias("payer_id"), nw.col("person_id").alias("beneficiary_id")
        )
        .agg(since=nw.col("settled_day").min())
    )
    given = tables.family_authorizations.select(*_PAIR, given=nw.lit(True)).unique()
    pairs = collect(paid.join(given, on=_PAIR, how="left"))
    n, of = pairs["given"].null_count(), pairs.height
    if too_many(n, of):
        yield Break(
            names.link,
            (
                f"{n:,} of {of:,} pairs with payments have no row in family_authorizations: "
                "the table is not whole, or its keys differ",
                f"{of:,} 对有支付的亲属中有 {n:,} 对无共济授权记录：该表不完整，或主键写法不一致",
            ),
        )
        return
    payers = paid.select(key="payer_id").unique()
    yield from unknown_ends(tables, payers, "payer_id", names)
    spans = collect(
        tables.family_authorizations.select(
            key="payer_id", start_day="valid_from_day", end_day="valid_to_day"
        ).join(payers, on="key", how="semi")
    )
    spans = spans.with_columns(pl.col("start_day", "end_day").cast(pl.Int32))
    yield from mass_gaps(gaps_of(spans), spans["key"].n_unique(), names, span)
    lacking = pairs.filter(pl.col("given").is_null())["since"]
    yield from behind(spans["start_day"], lacking, names, span)
