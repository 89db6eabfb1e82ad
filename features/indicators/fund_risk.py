"""Fund risk: where does money flow as it should not any more, or otherwise than elsewhere?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.benefit import of_visits
from features.indicators.care import ordinary_visits, within
from features.indicators.ground import Ground
from features.indicators.periods import Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame


@indicator(record="settlement")
def self_pay_share(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the cost of ordinary outpatient care, what lies outside the catalogue or above a ceiling."""
    return of_visits(ordinary_visits(ground, period), nw.col("self_paid"), nw.col("total"))


@indicator(record="settlement")
def short_stays(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of hospital stays without surgery, those of at most ``short_stay_days``; a row a stay.

    A stay is surgical when the name of something charged in it holds one of ``surgery_words``.
    """
    words = [nw.col("item_name").str.contains(word, literal=True) for word in line["surgery_words"]]
    surgical = (
        ground["stay_items"]
        .filter(nw.any_horizontal(*words, ignore_nulls=True))
        .select("settlement_id")
        .unique()
    )
    short = (nw.col("days") <= line["short_stay_days"]).cast(nw.Int64)
    return of_visits(
        within(ground, "stays", period).join(surgical, on="settlement_id", how="anti"), short, nw.lit(1)
    )
