"""Links from settlements to the register of providers: who has a row, and on which days it has an agreement."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.gaps import Span, gaps_of, mass_gaps
from detection.links.keys import KeyNames, unmatched
from detection.links.link import Break
from detection.links.unknown_ends import unknown_ends
from features.contract.vocabulary import INACTIVE_STATUSES
from features.engine import collect
from features.registry import Frame
from features.tables import Tables

_REGISTER = ("providers", "定点机构表", "providers", "家机构")


def provider_rows(tables: Tables, span: Span) -> Iterator[Break]:
    """Providers of settlements without a row in providers."""
    del span
    names = KeyNames("provider_row", "provider", *_REGISTER)
    known = tables.providers.select(key="provider_id", matched=nw.lit(True)).unique()
    keys = collect(
        _settling(tables)
        .filter(~nw.col("key").is_null())
        .join(known, on="key", how="left")
        .with_columns(matched=nw.col("matched").fill_null(False))
    )
    yield from unmatched(keys.sort("key"), names)


def agreements(tables: Tables, span: Span) -> Iterator[Break]:
    """Agreements that end, or begin, for many providers on one day."""
    if not tables.has("providers", "agreement_start"):
        return
    names = KeyNames("provider_agreement", "provider", *_REGISTER)
    rows = collect(
        tables.providers.select(
            key="provider_id", start_day="agreement_start_day", end_day="agreement_end_day"
        ).join(_settling(tables), on="key", how="semi")
    )
    yield from unknown_ends(tables, _settling(tables), "provider_id", names)
    begun = rows.with_columns(pl.col("start_day").fill_null(-(2**30)))
    yield from mass_gaps(gaps_of(begun), begun["key"].n_unique(), names, span)


def stops(tables: Tables, span: Span) -> Iterator[Break]:
    """Suspensions that begin, or end, for many providers on one day."""
    if not tables.has("provider_status", "status", "from"):
        return
    names = KeyNames("provider_stop", "provider", "provider_status", "机构协议状态表", "providers", "家机构")
    settling = _settling(tables)
    yield from unknown_ends(tables, settling, "provider_id", names)
    keys = int(collect(settling.select(nw.col("key").n_unique())).item())
    stopped = collect(
        tables.provider_status.filter(nw.col("status").is_in(INACTIVE_STATUSES))
        .select(key="provider_id", ended=nw.col("from_day") - 1, begun=nw.col("to_day") + 1)
        .join(settling, on="key", how="semi")
    )
    gaps = stopped.select("key", pl.col("ended", "begun").cast(pl.Int32)).sort("key", "ended", "begun")
    yield from mass_gaps(gaps, keys, names, span, stops=True)


def _settling(tables: Tables) -> Frame:
    return tables.settlements.select(key="provider_id").unique()
