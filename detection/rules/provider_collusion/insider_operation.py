"""One operator settles for people whom nobody else at the counter ever serves (D41).

Null: whom a customer meets is left to chance, by the operators' shares in the custom of the month or of the half of the
day (`models.evidence.one_hand`). Exposure: customers with several days at a counter with several operators. Their
number and a sign of their visits must agree: on the same few days, in hours with little trade, entered by hand, or
large sums, each against the other custom of the operator and of the place.

Innocent rivals: an operator who is new or works in the mornings (share of the month and of the half of the day);
patients who come for their own medicine; a group that always comes as a whole (a home, a shift, a course); registered
contexts and scheduled care; a desk where everything is entered by hand, and one that is open late. Patients of one
clinic whose cashier is always the same cannot be told apart, but for the signs.
People and accounts may be those harmed: they take over a share.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.operators.hand_signs import SIGNS, marked_visits, sign_surprises
from detection.circumstances.operators.one_hand import counter_visits, hands, served_alone
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.ids.enumerated import AS_TEXT
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.one_hand import HAND, LIMITS, with_signs
from models.evidence.quiet_places import AGREES
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_OF_ACCOUNT, _OF_PERSON, _OF_PROVIDER = 0.8, 0.15, 0.8


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements of the people whom one operator alone served; a row for each sign that they show."""
    rows = _rows(context, thresholds)
    money = pl.col("amount").sum().over(HAND) >= int(thresholds.latest("min_amount")) * FEN_PER_YUAN
    strong = rows.filter(pl.col("evidence") >= ALERT).filter(money)
    shown = [strong.with_columns(cause=pl.lit("one_hand"))]
    for sign in SIGNS:
        agrees = pl.col(sign) & (pl.col(f"of_{sign}") >= AGREES)
        shown.append(strong.filter(agrees).with_columns(cause=pl.lit(sign)))
    return nw.from_native(
        pl.concat(shown)
        .select("settlement_id", *HAND, "cause", strength="evidence", subject_id="provider_id")
        .lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence on operators and places, and a share on the accounts and the people."""
    rows = _rows(context, thresholds)
    mostly = nw.col("account_paid") * 2 > nw.col("total_amount")
    paid: pl.LazyFrame = context.whole.settlements.filter(mostly).to_native()
    from_account = rows.lazy().join(paid.select("settlement_id"), on="settlement_id", how="semi").collect()
    parts = [
        _about(rows, "operator", "operator_id", 1.0),
        _about(rows, "provider", "provider_id", _OF_PROVIDER),
        _about(from_account, "payer_account", "person_id", _OF_ACCOUNT),
        _about(rows, "person", "person_id", _OF_PERSON),
    ]
    return nw.from_native(pl.concat(parts).lazy())


def _about(rows: pl.DataFrame, kind: str, key: str, share: float) -> pl.DataFrame:
    value = (pl.col("evidence").max() * share).round(6)
    return (
        rows.group_by(subject_id=key)
        .agg(value=value)
        .select(pl.lit(kind).alias("subject_kind"), "subject_id", "value")
        .sort("subject_id")
    )


@remembered
def _rows(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Settlements of people whom one operator alone served, where that is evidence.

    Columns: settlement_id, `HAND`, person_id, amount (fen), `SIGNS`, ``of_`` each (its surprise) and evidence.
    """
    visits = counter_visits(context)
    alone = served_alone(visits)
    measured = hands(visits, alone)
    people = alone.filter(pl.col("chance") <= LIMITS[0])
    marked = marked_visits(visits, people)
    known = sign_surprises(marked).filter(pl.col("people") >= int(thresholds.latest("min_people")))
    both = known.join(measured, on=HAND).sort(HAND)
    surprise = with_signs(both["surprise"].to_numpy(), [both[sign].to_numpy() for sign in SIGNS])
    cases = both.with_columns(evidence=pl.Series(evidence_of(surprise, measured.height), dtype=pl.Float64))
    cases = cases.filter(pl.col("evidence") > 0).select(
        *HAND, "evidence", *(pl.col(sign).alias(f"of_{sign}") for sign in SIGNS)
    )
    rows = marked.filter("alone").join(cases, on=HAND)
    agreeing = pl.any_horizontal(pl.col(sign) & (pl.col(f"of_{sign}") >= AGREES) for sign in SIGNS)
    mostly = agreeing.mean().over(*HAND, "person_id") >= 0.5
    return (
        rows.filter(mostly)
        .select(
            "settlement_id",
            *HAND,
            "person_id",
            "amount",
            *SIGNS,
            *(f"of_{sign}" for sign in SIGNS),
            "evidence",
        )
        .with_columns(AS_TEXT)
    )
