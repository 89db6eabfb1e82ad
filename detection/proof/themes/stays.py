"""Hospital stays around the evidence: the one that the care lies in, care elsewhere inside, and the one before."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.in_hospital.care_in_stays import STAY, care_within
from detection.circumstances.in_hospital.empty_beds import seen_elsewhere
from detection.proof.evidence import EvidenceRows, day_text
from features.contract.vocabulary import INPATIENT

_EDGE_DAYS = 1
"""Days at each end of a stay on which care outside is usual: the least that the cards take."""
_STAY = ["settlement_id", "person_id", "provider_id", "admitted_day", "discharged_day"]


def around(evidence: EvidenceRows) -> pl.DataFrame:
    """The stay whose days the day of care is among; of several, the longest."""
    care = evidence.settled.select("row", "settlement_id", "person_id", "service_day")
    inside = care.join(_stays(evidence), on="person_id", suffix="_of_stay").filter(
        pl.col("settlement_id") != pl.col("settlement_id_of_stay"),
        pl.col("service_day").is_between("admitted_day", "discharged_day"),
    )
    days = pl.col("discharged_day") - pl.col("admitted_day")
    longest = inside.sort("row", days, "provider_id", descending=[False, True, False])
    return longest.unique("row", keep="first", maintain_order=True).select(
        "row",
        stay_provider="provider_id",
        stay_from=day_text("admitted_day"),
        stay_to=day_text("discharged_day"),
    )


def elsewhere(evidence: EvidenceRows) -> pl.DataFrame:
    """Days on which the patient of the stay was seen elsewhere, first to last; where and by which bill first.

    The days of admission and discharge are left out, and so is what says nothing about the hospital
    (`detection.circumstances.in_hospital.empty_beds`).
    """
    own = evidence.settled.select(
        "row",
        "person_id",
        hospital_id="provider_id",
        from_day="admitted_day",
        to_day="discharged_day",
    )
    inside: pl.LazyFrame = care_within(evidence.context, nw.lit(_EDGE_DAYS)).to_native().lazy()
    return (
        own.join(seen_elsewhere(evidence.context, inside), on=STAY)
        .sort("row", "service_day", "settlement_id")
        .group_by("row", maintain_order=True)
        .agg(
            elsewhere_days=day_text("service_day").unique(maintain_order=True),
            elsewhere_provider=pl.col("provider_id").first(),
            elsewhere_settlement=pl.col("settlement_id").first(),
        )
    )


def before(evidence: EvidenceRows) -> pl.DataFrame:
    """The person's last stay that ended before the admission, or on its day."""
    admissions = evidence.settled.filter(pl.col("admitted_day").is_not_null()).select(
        "row", "settlement_id", "person_id", began="admitted_day"
    )
    earlier = admissions.join(_stays(evidence), on="person_id", suffix="_of_stay").filter(
        pl.col("settlement_id") != pl.col("settlement_id_of_stay"),
        pl.col("discharged_day") <= pl.col("began"),
        pl.col("admitted_day") < pl.col("began"),
    )
    last = earlier.sort("row", "discharged_day", "admitted_day", descending=[False, True, True])
    return last.unique("row", keep="first", maintain_order=True).select(
        "row",
        earlier_stay="provider_id",
        earlier_admitted=day_text("admitted_day"),
        earlier_discharged=day_text("discharged_day"),
        days_between_stays=(pl.col("began") - pl.col("discharged_day")).cast(pl.Int64),
    )


def _stays(evidence: EvidenceRows) -> pl.DataFrame:
    """Stays of the people that stand after reversals, with both days."""
    stays = evidence.of_people([*_STAY, "care_type"]).filter(
        pl.col("care_type") == INPATIENT,
        pl.col("admitted_day").is_not_null(),
        pl.col("discharged_day").is_not_null(),
    )
    return evidence.standing(stays.select(_STAY))
