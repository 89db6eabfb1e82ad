"""Packs that were sold more than once, and where they were sold first.

Next to what `features.collusion.trace_codes` leaves out, a bill of one person that was sent twice on one day is no
second sale, and a code of many places names no pack.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.detectors.context import DetectorContext


@dataclass(frozen=True)
class TraceScans:
    """The sales of packs that have a trace code.

    Attributes:
        sold: person, provider (codes), packs: how many each person was sold at each provider.
        repeated: the sales of codes that were sold more than once: trace_code, settlement_id, person_id,
            provider_id, person, provider (codes), settled_day, at (minute); origin_person and origin_provider (codes)
            of the code's first sale, null where two were first; first (whether it is that sale), and first_here
            (whether it is the code's first sale at the provider).
    """

    sold: pl.DataFrame
    repeated: pl.DataFrame

    @property
    def sold_on(self) -> pl.DataFrame:
        """Sales of packs whose first sale was at another provider and to another person."""
        other_place = pl.col("provider") != pl.col("origin_provider")
        return self.repeated.filter(other_place, pl.col("person") != pl.col("origin_person"))


def trace_scans(context: DetectorContext, *, places: int) -> TraceScans:
    """The sales of packs by trace code.

    Args:
        context: the data.
        places: a code of at least so many providers is a placeholder.
    """
    sold: pl.LazyFrame = context.views["traced_packs"].to_native()
    repeated: pl.LazyFrame = context.views["repeated_packs"].to_native()
    packs = (
        repeated.sort("at", "settlement_id")
        .unique(["trace_code", "provider", "person", "settled_day"], keep="first", maintain_order=True)
        .filter(pl.col("provider").n_unique().over("trace_code") < places)
        .filter(pl.len().over("trace_code") > 1)
        .collect()
    )
    return TraceScans(sold.sort("person", "provider").collect(), _with_origin(packs))


def _with_origin(packs: pl.DataFrame) -> pl.DataFrame:
    """The sales with the code's first sale; of two in one minute, neither is the first."""
    earliest = pl.col("at") == pl.col("at").min().over("trace_code")
    first = earliest & (earliest.sum().over("trace_code") == 1)
    origins = packs.filter(first).select("trace_code", origin_person="person", origin_provider="provider")
    first_here = pl.col("at").rank("ordinal").over("trace_code", "provider") == 1
    marked = packs.with_columns(first=first, first_here=first_here)
    return marked.join(origins, on="trace_code", how="left", maintain_order="left")
