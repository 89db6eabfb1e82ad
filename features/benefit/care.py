"""Ordinary outpatient care of employees: which settlements belong to it, which the pooled fund covers, at which price.

Retired employees belong to the scheme of employees too.
"""

from __future__ import annotations

from functools import reduce

import narwhals.stable.v2 as nw

from features.benefit.tariff import CATEGORIES, IN_FORCE, LEVELS, Tariff, cell_number
from features.calendar import MONTHS_PER_YEAR
from features.contract.vocabulary import ORDINARY_CARE, PHARMACY
from features.registry import Frame

_PURCHASE = nw.col("care_type") == PHARMACY
_SETTLEMENT_COLUMNS = (
    "settlement_id",
    "person_id",
    "provider_id",
    "settled_at",
    "service_day",
    "person_category",
    "in_scope_amount",
    "deductible_paid",
    "pool_paid",
    "other_fund_paid",
)
_DAY = nw.col("service_day")


def ordinary_care(
    settlements: Frame, providers: Frame, tariff: Tariff, *, prescriptions_known: bool = True
) -> Frame:
    """Ordinary outpatient care of employees on days on which the fund pays it, without named reversals.

    Columns: those of settlements that pricing reads, benefit_year (of the day of service), level (the level whose
    values apply), cell (of the tariff; null for a category or level that it does not have), covered (whether the fund
    covers it here: the provider takes part in pooling, a purchase has a prescription where one is needed; null where
    that is not known), refund (a negative amount that names no settlement: it has no price, but counts towards the
    amounts used up).

    Args:
        settlements: table of the contract.
        providers: table of the contract.
        tariff: the policy's tariff.
        prescriptions_known: whether the data state prescriptions at all.
    """
    at_providers = providers.select("provider_id", "provider_kind", "level", "pooled_outpatient_from_day")
    pooled = (nw.col("pooled_outpatient_from_day") <= _DAY).fill_null(value=False)
    return (
        settlements.filter(_ordinary(), _in_force(tariff))
        .join(at_providers, on="provider_id", how="left")
        .with_columns(
            level=_level(tariff),
            covered=pooled & _with_prescription(tariff, prescriptions_known=prescriptions_known),
            benefit_year=nw.col("service_month") // MONTHS_PER_YEAR,
            refund=nw.col("total_amount") < 0,
            period=_period(tariff),
        )
        .with_columns(cell=_cell(tariff))
        .select(*_SETTLEMENT_COLUMNS, "benefit_year", "level", "cell", "covered", "refund")
    )


def care_before_the_start(settlements: Frame, tariff: Tariff) -> Frame:
    """Ordinary outpatient care of employees on days on which, as is known, the fund did not pay it.

    Columns: those of settlements, without reversals and refunds.
    """
    not_in_force = tariff.policy.holds(IN_FORCE, False, _DAY)
    return settlements.filter(_ordinary(), nw.col("total_amount") >= 0, not_in_force)


def _ordinary() -> nw.Expr:
    employees, kinds = nw.col("scheme") == "employee", nw.col("care_type").is_in(ORDINARY_CARE)
    return employees & kinds & nw.col("reverses_settlement_id").is_null()


def _in_force(tariff: Tariff) -> nw.Expr:
    """True where the fund pays ordinary care on that day; unknown policy counts as paying."""
    if not tariff.start_days:
        return nw.lit(False)
    return (tariff.start_days[0] <= _DAY) & ~tariff.policy.holds(IN_FORCE, False, _DAY)


def _with_prescription(tariff: Tariff, *, prescriptions_known: bool) -> nw.Expr:
    """True where the fund covers it; null where it is unknown whether a purchase needs a prescription, or has one."""
    given = ~nw.col("prescription_no").is_null() if prescriptions_known else nw.lit(None, dtype=nw.Boolean())
    needed = tariff.policy.expression("benefit.pharmacy_needs_prescription", _DAY)
    return ~_PURCHASE | given | ~needed


def _level(tariff: Tariff) -> nw.Expr:
    return (
        nw.when(nw.col("provider_kind") == "pharmacy")
        .then(tariff.policy.expression("benefit.pharmacy_level", _DAY))
        .when(nw.col("level") == "ungraded")
        .then(tariff.policy.expression("benefit.ungraded_level", _DAY))
        .otherwise(nw.col("level"))
    )


def _period(tariff: Tariff) -> nw.Expr:
    """Number of the tariff's period that the day of service falls in."""
    begun = [(start <= _DAY).cast(nw.Int64) for start in tariff.start_days]
    return nw.sum_horizontal(nw.lit(-1, dtype=nw.Int64()), *begun)


def _cell(tariff: Tariff) -> nw.Expr:
    first = (nw.col("benefit_year") == (tariff.first_year or 0)).cast(nw.Int64)
    category, level = _position("person_category", CATEGORIES), _position("level", LEVELS)
    return cell_number(nw.col("period"), first, category, level)


def _position(column: str, words: tuple[str, ...]) -> nw.Expr:
    """Position of a word among these; null for another word."""
    unknown: nw.Expr = nw.lit(None, dtype=nw.Int64)
    return reduce(
        lambda position, numbered: (
            nw.when(nw.col(column) == numbered[1]).then(nw.lit(numbered[0])).otherwise(position)
        ),
        enumerate(words),
        unknown,
    )
