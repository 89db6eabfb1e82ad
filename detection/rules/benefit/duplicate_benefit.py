"""The same cost settled twice, or both schemes paid for one person (D22).

Evidence is the later of two settlements of one bill (one person, provider, day of service and the same amounts), or
what residents' insurance paid while employees' insurance paid for the same days. A claim by hand may count other items
as in scope than the counter did, or put the bills of a day together. Two purchases on two prescriptions are lawful, and
so is a settlement that replaces one taken back, a claim for what the counter left open, or a change from one scheme to
the other.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.bills.paid_again import OTHER_SCHEME, SAME_BILL
from detection.circumstances.funded_care import began, paid, paid_by_the_benefit, standing
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.engine import materialize
from features.registry import Frame

_BILL = ["person", *SAME_BILL]
_ORDER = ["settled_at", "source_file", "source_row"]
_FUNDED = ["in_scope_amount", "encounter_id", "prescription_no", "channel", *_ORDER]


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Of a cost settled twice the later settlement; of two schemes that paid, what residents' insurance paid.

    Of two settlements of one cost, the later is too much: it is the evidence, and its money is at issue. What was taken
    back in full is no settlement.
    """
    both = materialize(_both_schemes(context))
    twice = materialize(_twice(context).join(both, on="settlement_id", how="anti"))
    known = nw.concat([twice.select("settlement_id"), both.select("settlement_id")])
    together = _together(context).join(known, on="settlement_id", how="anti")
    return nw.concat([twice, together, both]).select(
        "settlement_id", "person_id", "cause", nw.col("person_id").alias("subject_id")
    )


def _twice(context: DetectorContext) -> Frame:
    """The later of two settlements of one person's bill: one provider, one day of service, the same amounts.

    One settled online and one by hand are one bill handed in again, whatever numbers it was given then. Of two
    settled the same way, two prescriptions are two purchases, and two visits two bills; one visit is one
    bill. Where the source has no visit number, the data do not decide (``alike``).
    """
    bills = _alike(context)
    later = bills.select("settlement_id", *_BILL, *(nw.col(name).alias(f"{name}_later") for name in _FUNDED))
    pairs = bills.rename({"settlement_id": "first_id"}).join(later, on=_BILL, how="inner")
    by_hand = _differs("channel") & _among("channel", "online") & _among("channel", "manual")
    cause = (
        nw.when(by_hand)
        .then(nw.lit("online_and_manual"))
        .when(~_differs("prescription_no") & (nw.col("encounter_id") == nw.col("encounter_id_later")))
        .then(nw.lit("same_visit"))
        .when(~_differs("prescription_no") & ~_differs("encounter_id"))
        .then(nw.lit("alike"))
    )
    by_hand_later = by_hand & (nw.col("channel_later") == "manual")
    more_than_one = nw.col("in_scope_amount") + nw.col("in_scope_amount_later") > nw.col("total_amount")
    paid_twice = (
        pairs.filter(_earlier(), ~_differs("in_scope_amount") | (by_hand_later & more_than_one))
        .with_columns(cause=cause)
        .filter(~nw.col("cause").is_null())
    )
    certain = paid_twice.filter(nw.col("cause") != "alike").select("settlement_id")
    causes = paid_twice.filter(nw.col("cause") == "alike").join(certain, on="settlement_id", how="anti")
    return nw.concat([paid_twice.filter(nw.col("cause") != "alike"), causes]).select(
        "settlement_id", "person_id", "cause"
    )


def _together(context: DetectorContext) -> Frame:
    """Claims by hand of as much as several bills of the day that were settled online before, put together.

    A claim for what the counter left open counts no more as in scope than is left of the bills.
    """
    day = _BILL[:-1]
    funded = context.assessable.settlements.filter(paid())
    net = context.views["net_settlements"].select("settlement_id", *_BILL)
    claims = materialize(
        funded.filter(nw.col("channel") == "manual")
        .select("settlement_id", "person_id", "settled_at", "in_scope_amount")
        .join(net, on="settlement_id", how="inner")
    )
    online = funded.filter(nw.col("channel") == "online").select(
        "settlement_id", scope="in_scope_amount", before="settled_at"
    )
    bills = (
        net.join(claims.select(*day).unique(), on=day, how="semi")
        .join(online, on="settlement_id", how="inner")
        .group_by(*day)
        .agg(
            nw.col("scope").sum(), nw.col("before").max(), bills=nw.len(), whole=nw.col("total_amount").sum()
        )
        .filter(nw.col("bills") > 1)
    )
    in_scope = nw.col("scope") + nw.col("in_scope_amount")
    return (
        claims.join(bills, on=day, how="inner")
        .filter(
            nw.col("whole") == nw.col("total_amount"),
            nw.col("before") < nw.col("settled_at"),
            in_scope > nw.col("whole"),
        )
        .select("settlement_id", "person_id", cause=nw.lit("bills_together"))
    )


def _alike(context: DetectorContext) -> Frame:
    """Settlements that a fund or an account paid, of bills that stand more than once."""
    net = context.views["net_settlements"]
    several = net.group_by(*_BILL).agg(bills=nw.len()).filter(nw.col("bills") > 1).select(*_BILL)
    bills = net.select("settlement_id", *_BILL).join(several, on=_BILL, how="semi")
    funded = context.assessable.settlements.filter(paid()).select("settlement_id", "person_id", *_FUNDED)
    return materialize(materialize(bills).join(funded, on="settlement_id", how="inner"))


def _differs(name: str) -> nw.Expr:
    """Whether both sides are known, and are not the same."""
    return (nw.col(name) != nw.col(f"{name}_later")).fill_null(False)


def _among(name: str, value: str) -> nw.Expr:
    return (nw.col(name) == value) | (nw.col(f"{name}_later") == value)


def _earlier() -> nw.Expr:
    """Settled before the other; of two at one time, the one that stands first in the source."""
    before, same = nw.lit(False), nw.lit(True)
    for name in _ORDER:
        either, other = nw.col(name), nw.col(f"{name}_later")
        before = before | (same & (either < other))
        same = same & (either == other)
    return before


def _both_schemes(context: DetectorContext) -> Frame:
    """What residents' insurance paid for somebody for whom, while active in both, employees' insurance paid too.

    For care of the same days; or on a day between two on which employees' insurance paid, so that it is
    no change from one scheme to the other.
    """
    paid = _paid_while_in_both(context)
    mine = paid.filter(nw.col("scheme") == "resident")
    other = paid.filter(nw.col("scheme") == "employee").select(
        "person_id", from_day="began_day", to_day="service_day"
    )
    on_the_same_days, alternating = OTHER_SCHEME
    met = mine.join(other, on="person_id", how="inner")
    same = intervals.overlaps("from_day", "to_day", "began_day", "service_day")
    earlier = nw.col("to_day") < nw.col("began_day")
    later = nw.col("from_day") > nw.col("service_day")
    return (
        met.group_by("settlement_id", "person_id")
        .agg(same=same.any(), earlier=earlier.any(), later=later.any())
        .with_columns(
            cause=nw.when(nw.col("same"))
            .then(nw.lit(on_the_same_days))
            .when(nw.col("earlier") & nw.col("later"))
            .then(nw.lit(alternating))
        )
        .filter(~nw.col("cause").is_null())
        .select("settlement_id", "person_id", "cause")
    )


def _paid_while_in_both(context: DetectorContext) -> Frame:
    """Funded care of people on days on which they were active in both schemes."""
    active = context.whole.enrolments.filter(nw.col("status") == "active")
    active_in = {
        scheme: active.filter(nw.col("scheme") == scheme).select("person_id", "start_day", "end_day")
        for scheme in ("employee", "resident")
    }
    both = active_in["employee"].join(active_in["resident"], on="person_id", how="inner", suffix="_other")
    care = (
        context.assessable.settlements.filter(paid_by_the_benefit(context))
        .join(both, on="person_id", how="inner")
        .filter(
            intervals.holds("start_day", "end_day", "service_day"),
            intervals.holds("start_day_other", "end_day_other", "service_day"),
        )
        .select("settlement_id", "person_id", "scheme", "service_day", began_day=began())
        .unique()
    )
    return standing(care, context)
