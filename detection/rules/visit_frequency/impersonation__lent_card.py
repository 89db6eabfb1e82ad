"""Several people treated on a card that its holder does not show elsewhere (D13).

Three signs, and each has to speak: emergencies, days with several illnesses, and a card shown at the places of this
care by somebody who shows a phone elsewhere.
Null: the three are independent (Fisher). Emergencies and days with several illnesses come as often as to people of the
age, as unevenly as people are (gamma-Poisson; exposure: days of care). What a person shows has nothing to do with the
place (hypergeometric; exposure: the person's own settlements). Everybody with days enough is a look.
Rivals: an accident has several bills of one illness; somebody very ill shows the same everywhere; a place at which
hardly anybody shows a phone says nothing; what relatives fetch at a pharmacy is no care; people are compared with those
of their age.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.people.credentials import SIGNS, Bounds, main_places, shown_bills, signs
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.combined import fisher
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_SPEAKS = 1.0
_MOST = 5.0  # of each sign
_PERCENT = 100


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills by card at the places where such people were treated most often."""
    bills = shown_bills(context)
    people = _measured(context, thresholds).filter(pl.col("value") >= ALERT).lazy()
    places = main_places(bills, int(thresholds.latest("main_places")))
    return nw.from_native(
        bills.filter("care", "by_hand")
        .join(people, on="person_id")
        .join(places, on=["person_id", "provider_id"])
        .select(
            "settlement_id",
            "person_id",
            cause=pl.when("urgent").then(pl.lit("emergency")).otherwise(pl.lit("other_care")),
            subject_id="person_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of everybody on whose card all three signs speak; observed are days with several illnesses."""
    return nw.from_native(
        _measured(context, thresholds)
        .lazy()
        .filter(pl.col("value") > 0)
        .select(
            "value",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed=pl.col("several").cast(pl.Float64),
            expected=pl.lit(None, dtype=pl.Float64),
        )
    )


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """People on whose card each sign speaks: person_id, several (days), value (evidence)."""
    bounds = Bounds(
        days=int(thresholds.latest("min_days")),
        places=int(thresholds.latest("main_places")),
        phone=float(thresholds.latest("min_phone_percent")) / _PERCENT,
        card=float(thresholds.latest("min_card_percent")) / _PERCENT,
    )
    people = signs(shown_bills(context), context, bounds)
    capped = [people[name].clip(upper_bound=_MOST).to_numpy() for name in SIGNS]
    value = pl.Series(evidence_of(fisher(*capped), people.height), dtype=pl.Float64)
    speak = pl.min_horizontal(SIGNS) >= _SPEAKS
    return people.with_columns(value=value).filter(speak).select("person_id", "several", "value")
