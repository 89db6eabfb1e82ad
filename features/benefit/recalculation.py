"""Every settlement of ordinary outpatient care repriced, exactly, from the policy of the day of service."""

from __future__ import annotations

from functools import reduce

import narwhals.stable.v2 as nw
import polars as pl

from features.benefit.care import care_before_the_start, ordinary_care
from features.benefit.tariff import WHOLE, tariff_of
from features.benefit.used_up import with_used_up
from features.policy import Policy
from features.registry import Frame

FIGURES = (
    "in_scope",
    "deductible_before",
    "eligible_before",
    "pool_before",
    "second_before",
    "annual_deductible",
    "visit_deductible",
    "cap",
    "layer_cap",
    "expected_deductible",
    "eligible",
    "uncapped",
    "expected_pool",
    "uncovered",
    "uncapped_second",
    "expected_second",
)
"""Fen of every step; ``layer_cap``, ``uncapped_second`` and ``expected_second`` are null where the second layer is not
known. ``uncapped_second`` is what it pays where nothing of its own cap was used up before."""

_KEYS = ("settlement_id", "person_id", "provider_id", "service_day")


def recalculated(
    settlements: Frame, providers: Frame, policy: Policy, *, prescriptions_known: bool = True
) -> Frame:
    """Amounts that the pooled fund should have paid for each settlement that the policy prices.

    Args:
        settlements: canonical settlements, reversal rows among them; of whole benefit years, for what was used up.
        providers: canonical providers.
        policy: the area's policy. Settlements for whose day, category or level a value is unknown are not repriced.
            Nor are those in which, or before which in the year, an amount is missing that pricing needs.
        prescriptions_known: whether the data state prescriptions at all.

    Returns:
        A lazy frame, one row per repriced settlement: settlement_id, person_id, provider_id, service_day, benefit_year,
        person_category, level (whose values apply), `FIGURES`, and as recorded deductible_paid, pool_paid,
        other_fund_paid.
    """
    tariff = tariff_of(policy)
    care = ordinary_care(settlements, providers, tariff, prescriptions_known=prescriptions_known)
    cells: Frame = nw.from_native(tariff.cells)
    priced = (
        with_used_up(care, settlements)
        .filter(nw.col("covered"), ~nw.col("refund"), nw.col("on_record"))
        .join(cells, on="cell", how="inner")
        .with_columns(
            in_scope=nw.col("in_scope_amount"),
            deductible_before=nw.col("deductible_paid_before"),
            eligible_before=nw.col("in_scope_amount_before") - nw.col("deductible_paid_before"),
            pool_before=nw.col("pool_paid_before"),
            second_before=nw.col("other_fund_paid_before"),
        )
    )
    return _priced(priced, tariff.segments).select(
        "settlement_id",
        "person_id",
        "provider_id",
        "service_day",
        "benefit_year",
        "person_category",
        "level",
        *FIGURES,
        "deductible_paid",
        "pool_paid",
        "other_fund_paid",
    )


def not_repriced(
    settlements: Frame, providers: Frame, policy: Policy, *, prescriptions_known: bool = True
) -> Frame:
    """Ordinary outpatient care that cannot be repriced, because a value it needs is not known.

    Such a value is one of the policy, the prescription of a purchase, or an amount of this settlement or of an earlier
    one of the year. Columns: settlement_id, person_id, provider_id, service_day.
    """
    tariff = tariff_of(policy)
    cells: Frame = nw.from_native(tariff.cells.select("cell", pl.lit(True).alias("priced")))
    care = ordinary_care(settlements, providers, tariff, prescriptions_known=prescriptions_known)
    uncertain = care.filter(~nw.col("refund"), nw.col("covered").is_null())
    unpriced = (
        with_used_up(care, settlements)
        .join(cells, on="cell", how="left")
        .filter(nw.col("covered"), ~nw.col("refund"), nw.col("priced").is_null() | ~nw.col("on_record"))
    )
    return nw.concat([uncertain.select(*_KEYS), unpriced.select(*_KEYS)])


def not_covered(
    settlements: Frame, providers: Frame, policy: Policy, *, prescriptions_known: bool = True
) -> Frame:
    """Ordinary outpatient care that the fund paid though it does not cover it: no prescription, or no pooled provider.

    Columns: settlement_id, person_id, provider_id, service_day.
    """
    care = ordinary_care(settlements, providers, tariff_of(policy), prescriptions_known=prescriptions_known)
    return care.filter(~nw.col("covered"), ~nw.col("refund"), nw.col("pool_paid") != 0).select(*_KEYS)


def paid_before_the_start(settlements: Frame, policy: Policy) -> Frame:
    """Ordinary outpatient care that the pooled fund paid on a day on which it covered none: see `Policy.cut_over`.

    Columns: settlement_id, person_id, provider_id, service_day, pool_paid.
    """
    care = care_before_the_start(settlements, tariff_of(policy))
    return care.filter(nw.col("pool_paid") > 0).select(*_KEYS, "pool_paid")


def _priced(rows: Frame, segments: int) -> Frame:
    unpaid = nw.max_horizontal(nw.col("annual_deductible") - nw.col("deductible_before"), nw.lit(0))
    # Refunds of earlier years may leave less than 0 on record; no more is left than the whole.
    left = nw.min_horizontal(unpaid, nw.col("annual_deductible"))
    deductible = nw.min_horizontal(nw.col("in_scope"), left + nw.col("visit_deductible"))
    half = nw.col("half")
    return (
        rows.with_columns(expected_deductible=deductible)
        .with_columns(eligible=nw.col("in_scope") - nw.col("expected_deductible"))
        .with_columns(uncapped=(_by_segments(segments) + half) // WHOLE)
        .with_columns(expected_pool=nw.min_horizontal("uncapped", _remaining("cap", "pool_before")))
        .with_columns(uncovered=_uncovered())
        .with_columns(second=(nw.col("uncovered") * nw.col("layer_ratio") + half) // WHOLE)
        .with_columns(
            expected_second=nw.when(~nw.col("layer_cap").is_null()).then(
                nw.min_horizontal("second", _remaining("layer_cap", "second_before"))
            ),
            uncapped_second=nw.when(~nw.col("layer_cap").is_null()).then(
                nw.min_horizontal("second", "layer_cap")
            ),
        )
    )


def _by_segments(segments: int) -> nw.Expr:
    """Eligible cost times ratio, segment by segment: where the year's eligible cost stands before and after."""
    before, after = nw.col("eligible_before"), nw.col("eligible_before") + nw.col("eligible")
    parts = []
    for k in range(segments):
        until, ratio = nw.col(f"until_{k}"), nw.col(f"ratio_{k}")
        within = nw.min_horizontal(after, until)
        since = nw.min_horizontal(before, until)
        if k:
            begin = nw.col(f"until_{k - 1}")
            within, since = nw.max_horizontal(within, begin), nw.max_horizontal(since, begin)
        parts.append((within - since) * ratio)
    return reduce(lambda total, part: total + part, parts)


def _uncovered() -> nw.Expr:
    """Eligible cost above the cap, in proportion to the payment that the cap cuts off."""
    cut = nw.col("uncapped") - nw.col("expected_pool")
    paid = nw.max_horizontal(nw.col("uncapped"), nw.lit(1))
    return nw.col("eligible") * cut // paid


def _remaining(limit: str, used: str) -> nw.Expr:
    return nw.max_horizontal(nw.col(limit) - nw.col(used), nw.lit(0))
