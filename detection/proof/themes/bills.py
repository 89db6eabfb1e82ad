"""What the bill itself says, what was paid and due, and the patient."""

from __future__ import annotations

import polars as pl

from detection.proof.evidence import EvidenceRows, day_text, moment_text

_DAYS_PER_YEAR = 365.2425


def bill(evidence: EvidenceRows) -> pl.DataFrame:
    """Columns of the settlement itself; what the pool was due is what it paid less what is at issue.

    The day of care is left out where it is that of the settlement.
    """
    late = pl.col("settled_day") - pl.col("service_day")
    stay = pl.col("discharged_day") - pl.col("admitted_day")
    return evidence.settled.select(
        "row",
        "care_type",
        served_on=pl.when(late != 0).then(day_text("service_day")),
        days_late=pl.when(late != 0).then(late.cast(pl.Int64)),
        admitted=day_text("admitted_day"),
        discharged=day_text("discharged_day"),
        stay_days=stay.cast(pl.Int64),
        diagnosis="diagnosis_code",
        prescriber="prescriber_id",
        prescription="prescription_no",
        prescribed_at=moment_text("prescribed"),
        operator="operator_id",
        credential="credential_type",
        channel="channel",
        total="total_amount",
        self_paid="fully_self_paid",
        in_scope="in_scope_amount",
        deductible="deductible_paid",
        pool_paid="pool_paid",
        pool_due=pl.col("pool_paid") - pl.col("pool"),
        programme="programme_code",
    )


def patient(evidence: EvidenceRows) -> pl.DataFrame:
    """Sex and age of the patient on the day of care."""
    people = evidence.matching(
        evidence.table("persons").select("person_id", "sex", "birth_day"), evidence.rows, "person_id"
    )
    age = ((pl.col("service_day") - pl.col("birth_day")) / _DAYS_PER_YEAR).floor().cast(pl.Int64)
    return evidence.settled.join(people, on="person_id").select("row", "sex", age=age)
