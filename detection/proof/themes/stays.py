"""Hospital stays around the evidence: the one that the care lies in, and the one before an admission."""

from __future__ import annotations

import polars as pl

from detection.proof.evidence import EvidenceRows, day_text
from features.contract.vocabulary import INPATIENT

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
    standing = evidence.settlements_standing().join(
        stays.lazy().select("settlement_id"), on="settlement_id", how="semi"
    )
    return stays.select(_STAY).join(standing.collect(), on="settlement_id", how="semi")
