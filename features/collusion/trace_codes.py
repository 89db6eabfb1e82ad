"""Sales of packs by their trace code: one code stands for one pack, and a pack is sold once.

Left out is what says nothing of a whole pack: packs that are sold in parts (marked, or less than a pack on their
line), and sales that were taken back as a whole or in part (the pack may go to the next customer).
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.visits.settlements import count

_PACK = 10_000  # stored quantity of a pack
_MINUTES_PER_DAY = 24 * 60
_SALE = ("settlement_id", "person_id", "provider_id", "person", "provider", "settled_day", "at")


@view(grain="person and provider, by code")
def traced_packs(drug_trace_scans: Frame, settlements: Frame, net_settlements: Frame) -> Frame:
    """How many packs with a trace code each person was sold at each provider: person, provider, packs."""
    sales = _sales(drug_trace_scans, settlements, net_settlements)
    return sales.group_by("person", "provider").agg(count().alias("packs"))


@view(grain="trace code of several sales, and sale")
def repeated_packs(
    drug_trace_scans: Frame, settlements: Frame, net_settlements: Frame, charge_lines: Frame
) -> Frame:
    """The sales of packs whose code was sold in more than one settlement.

    Columns: trace_code, settlement_id, person_id, provider_id, person, provider (codes), settled_day, at (minute; of
    midnight at day precision).
    """
    sales = _sales(drug_trace_scans, settlements, net_settlements)
    several = sales.group_by("trace_code").agg(count().alias("sales")).filter(nw.col("sales") > 1)
    in_parts = charge_lines.filter(nw.col("quantity") > 0, nw.col("quantity") < _PACK)
    return (
        sales.join(several.select("trace_code"), on="trace_code", how="semi")
        .join(in_parts.select("settlement_id", "line_no"), on=["settlement_id", "line_no"], how="anti")
        .select("trace_code", *_SALE)
    )


def _sales(drug_trace_scans: Frame, settlements: Frame, net_settlements: Frame) -> Frame:
    """Every code once in each settlement that nothing of was taken back: trace_code, line_no, and the sale's."""
    taken_back = settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        nw.col("reverses_settlement_id").alias("settlement_id")
    )
    midnight = nw.col("settled_day").cast(nw.Int64) * _MINUTES_PER_DAY
    sold = net_settlements.with_columns(at=nw.coalesce(nw.col("settled_minute"), midnight)).select(*_SALE)
    return (
        drug_trace_scans.filter(~nw.col("split_pack").fill_null(value=False))
        .group_by("trace_code", "settlement_id")
        .agg(nw.col("line_no").min())
        .join(taken_back, on="settlement_id", how="anti")
        .join(sold, on="settlement_id", how="inner")
    )
