"""Accounts that pay for each other in a circle whose stated relations do not add up (D26).

Null, exposure and rivals: `models.evidence.circles`. Couples who authorize each other are no circle, and a circle
within a family, whose generations add up and whose ages are possible, is lawful.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.kin import kin_limits, known_ties
from features.family.authorizations import PAIR
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.circles import Circle, payment_circles
from models.evidence.unit import ALERT

_Paid = Mapping[tuple[str, str], tuple[int, int]]
"""Payments and aid (fen) of each pair."""

_CASES = {
    "subject_id": pl.String,
    "payer_id": pl.String,
    "beneficiary_id": pl.String,
    "cause": pl.String,
    "value": pl.Float64,
}


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Every payment along a circle; one case per circle, and each account is in one case only.

    Columns: settlement_id, subject_id (the account that paid most), cause, strength (evidence), member_id (the owner
    of the account that paid).
    """
    return (
        context.views["net_settlements"]
        .filter(nw.col("mutual_aid_paid") > 0)
        .select(
            "settlement_id",
            payer_id=nw.col("mutual_aid_payer_id"),
            beneficiary_id=nw.col("person_id"),
        )
        .join(nw.from_native(_cases(context, thresholds).lazy()), on=list(PAIR), how="inner")
        .select(
            "settlement_id",
            "cause",
            "subject_id",
            strength=nw.col("value"),
            member_id=nw.col("payer_id"),
        )
    )


def _cases(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Pairs of the circles that are shown, strongest first: columns of `_CASES`."""
    limits = kin_limits(thresholds)
    ties = known_ties(context, limits)
    paid = {
        (payer, user): (payments, aid)
        for payer, user, payments, aid in ties.select(*PAIR, "payments", "aid").iter_rows()
    }
    circles = payment_circles(ties, limits, int(thresholds.latest("longest")))
    rows, taken = [], set[str]()
    for circle in sorted(circles, key=lambda circle: (-circle.value, circle.accounts)):
        known = circle.value >= ALERT and not taken & set(circle.accounts)
        if known and _material(circle, paid, thresholds):
            taken |= set(circle.accounts)
            subject = max(circle.pairs, key=lambda pair: (paid[pair][1], pair))[0]
            rows += [(subject, *pair, _cause(circle), circle.value) for pair in circle.pairs]
    return pl.DataFrame(
        rows, schema=_CASES | dict.fromkeys(("subject_id", *PAIR), context.whole.id_type), orient="row"
    )


def _material(circle: Circle, paid: _Paid, thresholds: StatisticalThresholds) -> bool:
    payments, aid = (sum(amounts) for amounts in zip(*(paid[pair] for pair in circle.pairs), strict=True))
    enough: bool = payments >= thresholds.latest("least_payments")
    return enough and aid >= int(thresholds.latest("least_yuan")) * FEN_PER_YUAN


def _cause(circle: Circle) -> str:
    return "ages" if circle.closes else "generations"
