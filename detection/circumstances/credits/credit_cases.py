"""The subject of an error in credits: the person, the employer, or the agency itself."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from features.registry import Frame

_ERRORS = {
    "schedule": ("duplicate_month", "missing_month", "lump_credit", "retired_missing_month"),
    "rate": ("wrong_rate_over", "wrong_rate_under"),
    "retired": ("retired_not_uniform", "retired_changed", "retired_amount_of_all"),
    "entitlement": ("not_due", "not_due_after_death", "not_due_unclear"),
}
"""Causes that an officer of the agency works on together; the employer's share is another."""


def cases(errors: Frame, thresholds: Thresholds, area: str) -> Frame:
    """About the employer where several of its people met the same error for the same month, else about the person.

    About the agency, where the amount of all the retired is wrong.

    Args:
        errors: columns of `detection.circumstances.credits.credit_evidence`, and person (the id as text).
        thresholds: the card's.
        area: the agency's.
    """
    error = nw.lit("employer")
    for name, causes in _ERRORS.items():
        error = nw.when(nw.col("cause").is_in(causes)).then(nw.lit(name)).otherwise(error)
    people = nw.col("people") >= thresholds.expression("employer_people", nw.col("record_day"))
    named = errors.with_columns(error=error)
    wide = (
        named.filter(~nw.col("employer_id").is_null())
        .group_by("employer_id", "error", "cause", "record_day")
        .agg(people=nw.col("person_id").n_unique().cast(nw.Int64))
        .filter(people)
        .select("employer_id", "error", wide=nw.lit(True))
        .unique()
    )
    of_employer, total = ~nw.col("wide").is_null(), nw.col("cause") == "retired_amount_of_all"
    about, payee = nw.lit("person"), nw.col("person")
    for met, kind, who in (
        (of_employer, "employer", nw.col("employer_id")),
        (total, "agency", nw.lit(area)),
    ):
        about, payee = (
            nw.when(met).then(nw.lit(kind)).otherwise(about),
            nw.when(met).then(who).otherwise(payee),
        )
    return named.join(wide, on=["employer_id", "error"], how="left").with_columns(
        about=about, subject_kind=about, payee=payee, subject_id=payee
    )
