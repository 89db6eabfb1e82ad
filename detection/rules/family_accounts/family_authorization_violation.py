"""Payments from a relative's personal account that no authorization in force covers (D26; seed A10, A19, A20).

Evidence is a payment without an authorization of the pair at its time, for a relation that was not permitted on the
day, for a relative who was not enrolled where the policy requires, or under authorizations that were each given for
one payment and withdrawn. A payment under an authorization in force for a permitted relation is lawful; of a relative
without a record here only the other area can tell.

Lawful explanations that the data can tell are not held against anybody: an authorization made at the counter right
after the payment, a gap before its renewal, times known to the day, an enrolment that is suspended or was renewed
late, and one small slip. A cause that a large share of all payments has is another reading of the table.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.accounts.lost_authorizations import lacks_rows
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.calendar import date_of
from features.engine import collect
from features.family.authorizations import PAIR, authorized_spans
from features.money import FEN_PER_YUAN
from features.registry import Frame
from features.visits.settlements import count

_HOUR = 60
TO_VERIFY = ("elsewhere", "row_missing")
"""Causes that the data cannot confirm: they stay, however common they are."""


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Payments by a relative's account, each with the first reason that it fails for, in this order.

    Never authorized ("row_missing" where the table lacks the rows of families who use an account for months, which
    only the register can tell); paid before an authorization began, or after it ended; a relation not permitted on the
    day of service; an authorization for this payment alone, as on another day too; then the relative's own
    enrolment: no record here at all ("elsewhere", which only the other area can tell), or lapsed or in
    another province. Who was never authorized and has no record may be a mistyped id, and is "elsewhere" too.
    What is reversed in full is left out.
    """
    paid = _payments(context)
    unauthorized = nw.col("must") & ~nw.col("in_force")
    never = "row_missing" if _lacks_rows(paid, context, thresholds) else "never"
    cause = (
        nw.when(unauthorized & nw.col("ended").is_null() & nw.col("enrolled").is_null())
        .then(nw.lit("elsewhere"))
        .when(unauthorized & nw.col("ended").is_null())
        .then(nw.lit(never))
        .when(unauthorized & nw.col("ended"))
        .then(nw.lit("after"))
        .when(unauthorized)
        .then(nw.lit("before"))
        .when(nw.col("in_force") & ~nw.col("permitted"))
        .then(nw.lit("relation"))
        .when(nw.col("for_one_use"))
        .then(nw.lit("one_use"))
        .when(nw.col("enrolled").is_null())
        .then(nw.lit("elsewhere"))
        .when(~nw.col("enrolled"))
        .then(nw.lit("lapsed"))
    )
    enrolments_known = context.whole.has("enrolments", "person_id")
    authorized = _authorized(paid, context, thresholds)
    assessed = (
        paid.join(authorized, on="settlement_id", how="left")
        .join(_for_one_use(paid, context, thresholds), on="settlement_id", how="left")
        .join(_enrolled(paid, context, thresholds), on="settlement_id", how="left")
        .with_columns(nw.col("in_force", "for_one_use").fill_null(False))
        .with_columns(nw.col("enrolled") if enrolments_known else nw.lit(True).alias("enrolled"))
        .with_columns(cause=cause)
    )
    return _material(assessed, thresholds).select(
        "settlement_id", "cause", *PAIR, nw.col("payer_id").alias("subject_id")
    )


def _payments(context: DetectorContext) -> Frame:
    """Payments that stand after reversals; ``must``: the policy of the day asks for an authorization."""
    required = context.policy.holds("family_mutual_aid.requires_authorization", True, nw.col("service_day"))
    return (
        context.views["net_settlements"]
        .filter(nw.col("mutual_aid_paid") > 0, nw.col("mutual_aid_payer_id") != nw.col("person_id"))
        .join(context.assessable.settlements.select("settlement_id"), on="settlement_id", how="semi")
        .select(
            "settlement_id",
            "provider_id",
            "settled_minute",
            "settled_day",
            "service_day",
            "mutual_aid_paid",
            nw.col("mutual_aid_payer_id").alias("payer_id"),
            nw.col("person_id").alias("beneficiary_id"),
            must=required,
        )
    )


def _lacks_rows(paid: Frame, context: DetectorContext, thresholds: Thresholds) -> bool:
    """Whether families who use an account steadily lack authorizations, so that the table lacks rows."""
    must = paid.filter(nw.col("must").fill_null(False))
    last = collect(must.select(nw.col("settled_day").max()))["settled_day"].item()
    if last is None:
        return False
    names = ("steady_days", "steady_providers", "missing_percent")
    days, providers, percent = (float(str(thresholds.at(name, date_of(last)).value)) for name in names)
    return lacks_rows(must, context.whole.family_authorizations, int(days), int(providers), percent)


def _authorized(paid: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Per payment with any authorization between the two: whether one is in force, permitted, or ended.

    An authorization that was entered right after the payment, and not withdrawn soon, covers it; and so does one
    that was renewed after a short gap.
    """
    minute, day = nw.col("settled_minute"), nw.col("settled_day")
    grace, at_the_desk, renewal, brief = (
        thresholds.expression(name, day)
        for name in ("grace_minutes", "desk_minutes", "renewal_days", "one_use_hours")
    )
    stays = nw.col("end").is_null() | (nw.col("end") - nw.col("begin") > brief * _HOUR)
    early = grace + nw.when(stays).then(at_the_desk).otherwise(nw.lit(0))
    renewed = (nw.col("next_day") - nw.col("valid_to_day") <= renewal).fill_null(False)
    to_the_day = minute.is_null()
    begun_by_day, begun_by_minute = day >= nw.col("valid_from_day"), minute + early >= nw.col("begin")
    ended_by_day, ended_by_minute = day > nw.col("valid_to_day"), minute - grace > nw.col("end")
    begun = nw.when(to_the_day).then(begun_by_day).otherwise(begun_by_minute)
    ended = nw.when(to_the_day).then(ended_by_day).otherwise(ended_by_minute)
    bridged = renewed & (day <= nw.col("next_day"))
    return (
        paid.join(authorized_spans(context.whole.family_authorizations), on=list(PAIR), how="inner")
        .with_columns(ended=ended.fill_null(False) & ~bridged)
        .with_columns(in_force=begun & ~nw.col("ended"))
        .with_columns(permitted=nw.col("in_force") & _permitted(context))
        .group_by("settlement_id")
        .agg(nw.col("in_force", "permitted", "ended").any())
    )


def _for_one_use(paid: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Payments made minutes after an authorization that was withdrawn soon, where the pair did so several times.

    Once is a relative who only needed it once. Times known to the day cannot show it.
    """
    minute, day = nw.col("settled_minute"), nw.col("settled_day")
    soon, brief, often = (
        thresholds.expression(name, day) for name in ("one_use_minutes", "one_use_hours", "one_use_times")
    )
    precise = ~nw.col("valid_from_minute").is_null() & ~nw.col("valid_to_minute").is_null()
    used = nw.col("begin")
    return (
        paid.join(authorized_spans(context.whole.family_authorizations), on=list(PAIR), how="inner")
        .filter(precise, minute >= used, minute <= used + soon)
        .filter(minute <= nw.col("end"), nw.col("end") - used <= brief * _HOUR)
        .with_columns(times=nw.col("begin").n_unique().over(*PAIR))
        .filter(nw.col("times") >= often)
        .select("settlement_id", for_one_use=nw.lit(True))
        .unique()
    )


def _permitted(context: DetectorContext) -> nw.Expr:
    """Whether the relation is permitted on the day of service.

    Relations that the source does not know pass, and so do days for which the policy is unknown.
    """
    relation, day = nw.col("relation"), nw.col("service_day")
    listed = context.policy.listed("family_mutual_aid.permitted_relations", relation, day).fill_null(True)
    return relation.is_null() | (relation == "unknown") | listed


def _enrolled(paid: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Per payment for a relative with any record here: enrolled, on the day of service, where it must be.

    Who is suspended, for instance in arrears, is enrolled all the same. An enrolment that begins soon after the
    payment covers it: a gap that was made up for, or a child just born.
    """
    day = nw.col("service_day")
    gap = thresholds.expression("gap_days", nw.col("settled_day"))
    in_time = intervals.holds(nw.col("start_day") - gap, "end_day", day)
    provinces = context.policy.known_windows("family_mutual_aid.enrolment_province")
    outside = nw.any_horizontal(
        nw.lit(False),
        *(
            window.holds(day) & ~nw.col("pooling_area").str.starts_with(str(window.value))
            for window in provinces
            if window.value
        ),
        ignore_nulls=True,
    )
    enrolled = nw.col("status").is_in(["active", "suspended"]) & in_time & ~outside
    records = context.whole.enrolments.select(
        nw.col("person_id").alias("beneficiary_id"), "status", "start_day", "end_day", "pooling_area"
    )
    return (
        paid.join(records, on="beneficiary_id", how="inner")
        .group_by("settlement_id")
        .agg(enrolled=enrolled.any())
    )


def _material(assessed: Frame, thresholds: Thresholds) -> Frame:
    """Payments with a cause that is rare, of pairs with more than one small slip; `TO_VERIFY` stay, to be verified."""
    day = nw.col("settled_day")
    names = ("least_payments", "least_yuan", "usual_percent", "usual_payments")
    payments, yuan, percent, enough = (thresholds.expression(name, day) for name in names)
    repeated = (count().over(*PAIR) >= payments) | (
        nw.col("mutual_aid_paid").sum().over(*PAIR) >= yuan * FEN_PER_YUAN
    )
    rare = (nw.col("all_payments") < enough) | (
        count().over("cause") * 100 <= nw.col("all_payments") * percent
    )
    return (
        assessed.with_columns(all_payments=nw.len())
        .filter(~nw.col("cause").is_null())
        .with_columns(kept=(nw.col("cause").is_in(TO_VERIFY)) | (repeated & rare))
        .filter(nw.col("kept"))
    )
