"""Family mutual aid: are accounts shared, for how much, and under authorisations in force?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground
from features.indicators.periods import Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame


@indicator(record="settlement")
def mutual_aid_share(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of what accounts paid for care, what they paid for relatives; a row a settlement and account."""
    return within(ground, "spending", period).select(
        "person",
        "provider",
        nw.col("settlement_id").alias("record"),
        nw.col("aid").alias("numerator"),
        (nw.col("own") + nw.col("aid")).alias("denominator"),
    )
