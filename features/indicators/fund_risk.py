"""Fund risk: where does money flow as it should not any more, or otherwise than elsewhere?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.benefit import of_visits
from features.indicators.care import ordinary_visits, within
from features.indicators.ground import Ground, Source, relation
from features.indicators.periods import Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame

STOPPED = "closed_policy_use"
"""The detector of benefits used after they were stopped (D21)."""


@indicator(record="settlement")
def self_pay_share(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the cost of ordinary outpatient care, what lies outside the catalogue or above a ceiling."""
    return of_visits(ordinary_visits(ground, period), nw.col("self_paid"), nw.col("total"))


@indicator(record="settlement")
def late_programme_use(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of outpatient settlements, ordinary and chronic, those under a programme that was stopped; a row a settlement."""
    late = ground["late_use"].with_columns(late=nw.lit(1).cast(nw.Int64))
    visits = within(ground, "visits", period).join(late, on="settlement_id", how="left")
    return of_visits(visits, nw.col("late").fill_null(0), nw.lit(1))


@relation(order=("settlement_id",))
def late_use(source: Source, _: Ground) -> Frame:
    """Settlements that a detector found to be under a stopped programme: settlement_id."""
    return source.found(STOPPED).filter(nw.col("cause") == "programme_stopped").select("settlement_id")


@indicator(record="settlement")
def short_stays(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of hospital stays, those without surgery of at most ``short_stay_days``; a row a stay.

    A stay is surgical when the name of something charged in it holds one of ``surgery_words``.
    """
    words = [nw.col("item_name").str.contains(word, literal=True) for word in line["surgery_words"]]
    charged = ground["stay_items"].filter(nw.any_horizontal(*words, ignore_nulls=True))
    surgical = charged.select("settlement_id").unique().with_columns(surgical=nw.lit(True))
    stays = within(ground, "stays", period).join(surgical, on="settlement_id", how="left")
    short = (nw.col("days") <= line["short_stay_days"]) & nw.col("surgical").is_null()
    return of_visits(stays, short.cast(nw.Int64), nw.lit(1))
