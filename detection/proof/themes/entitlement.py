"""Who was entitled, which institution was designated, and which rule was in force on the day of care."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from detection.proof.evidence import EvidenceRows, day_text
from features.contract.vocabulary import ACTIVE, INACTIVE_STATUSES

_STOPPED: Mapping[str, tuple[str, bool]] = {
    "programme_stopped": ("chronic_outpatient.in_force", False),
    "special_stopped": ("special_outpatient.in_force", False),
    "residents_benefit": ("resident_two_diseases.in_force", True),
}
"""Which parameter decides a cause, and its value in force on the day of care."""
_POOLING = "outpatient_pooling.in_force"


def death(evidence: EvidenceRows) -> pl.DataFrame:
    """The day of death, where it is before the care."""
    people = evidence.matching(
        evidence.table("persons").select("person_id", "death_day"), evidence.rows, "person_id"
    )
    since = pl.col("service_day") - pl.col("death_day")
    return (
        evidence.settled.join(people, on="person_id")
        .filter(since > 0)
        .select("row", died_on=day_text("death_day"), days_after_death=since.cast(pl.Int64))
    )


def enrolment(evidence: EvidenceRows) -> pl.DataFrame:
    """Active enrolments before and after the day in the scheme of the bill, and the status of that day."""
    care = evidence.settled.select("row", "person_id", "scheme", "service_day")
    own = evidence.matching(evidence.table("enrolments"), evidence.rows, "person_id").select(
        "person_id", "status", "start_day", "end_day", enrolled_in="scheme"
    )
    joined = care.join(own, on="person_id").filter(
        pl.col("scheme").is_null() | (pl.col("scheme") == pl.col("enrolled_in"))
    )
    day, active = pl.col("service_day"), pl.col("status") == ACTIVE
    begun = pl.col("start_day") <= day
    in_force = begun & (pl.col("end_day").is_null() | (pl.col("end_day") >= day))
    return (
        joined.group_by("row")
        .agg(
            until=pl.col("end_day").filter(active, pl.col("end_day") < day).max(),
            again=pl.col("start_day").filter(active, pl.col("start_day") > day).min(),
            enrolment_status=pl.col("status").filter(in_force, ~active).max(),
        )
        .select("row", "enrolment_status", enrolled_until=day_text("until"), enrolled_again=day_text("again"))
    )


def agreement(evidence: EvidenceRows) -> pl.DataFrame:
    """First and last day of the institution's agreement, and since when it was stopped on the day of care."""
    days = evidence.table("providers").select("provider_id", "agreement_start_day", "agreement_end_day")
    agreements = evidence.matching(days, evidence.rows, "provider_id")
    care = evidence.settled.select("row", "provider_id", "service_day")
    return (
        care.join(agreements, on="provider_id", how="left")
        .join(_stopped(evidence, care), on="row", how="left")
        .select(
            "row",
            "agreement_status",
            agreement_from=day_text("agreement_start_day"),
            agreement_to=day_text("agreement_end_day"),
            stopped_from=day_text("since"),
        )
    )


def _stopped(evidence: EvidenceRows, care: pl.DataFrame) -> pl.DataFrame:
    """The interval of the day, where the agreement was stopped in it: row, agreement_status, since."""
    status = evidence.matching(evidence.table("provider_status"), evidence.rows, "provider_id")
    day = pl.col("service_day")
    return (
        care.join(status.select("provider_id", "status", "from_day", "to_day"), on="provider_id")
        .filter(
            pl.col("status").is_in(INACTIVE_STATUSES),
            pl.col("from_day") <= day,
            pl.col("to_day").is_null() | (pl.col("to_day") >= day),
        )
        .sort("row", "from_day", descending=[False, True])
        .unique("row", keep="first", maintain_order=True)
        .select("row", agreement_status="status", since="from_day")
    )


def policy(evidence: EvidenceRows) -> pl.DataFrame:
    """The day from which the rule that decides the case is in force."""
    care = evidence.settled.select("row", "service_day", "cause")
    parts = [
        _since(evidence, care.filter(pl.col("cause") == cause), *rule) for cause, rule in _STOPPED.items()
    ]
    parts.append(_next(evidence, care.filter(~pl.col("cause").is_in(list(_STOPPED)))))
    return pl.concat(parts).select("row", policy_from=day_text("start"))


_DATED = pl.Schema({"row": pl.UInt32(), "start": pl.Int32()})


def _since(evidence: EvidenceRows, care: pl.DataFrame, name: str, value: bool) -> pl.DataFrame:
    """Care on days on which a parameter has the value, with the first of these days."""
    windows = evidence.context.policy.known_windows(name)
    starts = pl.DataFrame(
        [(window.start_day, window.end_day) for window in windows if window.value is value],
        {"start": pl.Int32, "end": pl.Int32},
        orient="row",
    )
    day = pl.col("service_day")
    inside = (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") >= day))
    return care.join(starts, how="cross").filter(inside).select("row", "start").cast(_DATED)


def _next(evidence: EvidenceRows, care: pl.DataFrame) -> pl.DataFrame:
    """Care before the pooled fund paid for ordinary care, with the day from which it does."""
    windows = evidence.context.policy.known_windows(_POOLING)
    starts = pl.DataFrame(
        {"start": [window.start_day for window in windows if window.value is True]}, {"start": pl.Int32}
    )
    later = care.join(starts, how="cross").filter(pl.col("start") > pl.col("service_day"))
    return later.group_by("row").agg(pl.col("start").min()).select("row", "start").cast(_DATED)
