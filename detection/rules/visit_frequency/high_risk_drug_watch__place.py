"""A place where many people buy drugs of the watch list without a prescription (D39, with D06).

Null: of those who buy drugs without a prescription at a place, as many buy one of the list as at all the other places
of its kind; gamma-Poisson with the peers' spread. The unit is the person, so that a faithful patient counts once,
however often the next pack is due. Exposure: people who bought any drug there without a prescription, so that a place
that records no prescriptions is compared with others' sales of that sort.
Rivals: a pharmacy next to a hospital sells such drugs on prescription; agents who are registered buy for others; stays,
emergencies and special programmes are orders of a hospital.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.registered import purchases_by_agents
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import CELL, about_providers, bills_with, by_kind, standing_lines
from features.contract.vocabulary import EMERGENCY, INPATIENT, SPECIAL_OUTPATIENT
from features.registered import covered
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.005, weight=200.0, most_even=1.0)
_ORDERED = (INPATIENT, EMERGENCY, SPECIAL_OUTPATIENT)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The purchases of listed drugs without a prescription, at the places with more such buyers than others."""
    lines = _lines(context)
    least = int(thresholds.latest("min_people"))
    cases = _places(lines).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(bills_with(lines.filter("watched"), cases, "unprescribed"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place with such a buyer; observed and expected are people."""
    del thresholds
    return nw.from_native(about_providers(_places(_lines(context))))


def _places(lines: pl.DataFrame) -> pl.DataFrame:
    people = lines.group_by(*CELL, "person_id").agg(pl.col("watched").any())
    cells = people.group_by(CELL).agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("watched").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR, outliers_apart=True)


@remembered
def _lines(context: DetectorContext) -> pl.DataFrame:
    """Lines of drugs without a prescription: settlement_id, person_id, `CELL`, pool, account, watched.

    The kind is that of the provider.
    """
    unprescribed: pl.LazyFrame = context.assessable.settlements.filter(
        nw.col("prescriber_id").is_null(), nw.col("prescribed_day").is_null()
    ).to_native()
    agents = purchases_by_agents(context.whole.registered_contexts)
    foreseen: pl.LazyFrame = covered(context.views["net_settlements"], agents, day="settled_day").to_native()
    items: pl.LazyFrame = context.whole.item_reference.select("item_code", "watch_list").to_native()
    kinds: pl.LazyFrame = context.whole.providers.select("provider_id", kind="provider_kind").to_native()
    return (
        standing_lines(context)
        .filter(pl.col("item_kind") == "drug", ~pl.col("care_type").is_in(_ORDERED))
        .join(unprescribed.select("settlement_id"), on="settlement_id", how="semi")
        .join(foreseen.select("settlement_id"), on="settlement_id", how="anti")
        .join(items.unique("item_code"), on="item_code", how="left")
        .join(kinds, on="provider_id", how="inner")
        .select(
            "settlement_id",
            "person_id",
            *CELL,
            "pool",
            "account",
            watched=pl.col("watch_list").fill_null(value=False),
        )
        .sort(*CELL, "settlement_id")
        .collect()
    )
