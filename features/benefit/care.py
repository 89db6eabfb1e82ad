"""Which settlements are ordinary outpatient care of employees, which of it the pooled fund prices, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import narwhals as nw
from narwhals.dtypes import DType

from features.benefit.tariff import CATEGORIES, LEVELS, Tariff, cell_number
from features.registry import Frame

_KINDS = ("outpatient", "emergency", "pharmacy")
_PURCHASE = nw.col("care_type") == "pharmacy"
_OF_SETTLEMENTS = (
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
_MONTHS = 12


def ordinary_care(settlements: Frame, providers: Frame, of: Tariff, *, prescribed: bool = True) -> Frame:
    """Ordinary outpatient care of employees on days on which the fund pays it, but for named reversals.

    Columns: those of settlements that pricing reads, benefit_year (of the day of service), level (whose values hold),
    cell (of the tariff; null for a category or level that it does not know), covered (whether the fund pays it here:
    a provider that is pooled, a purchase on a prescription where that is needed; null where that is not known),
    refund (whether it gives back what it does not name: it has no price, but counts in what was used up).

    Args:
        settlements: canonical settlements.
        providers: canonical providers.
        of: the policy's tariff.
        prescribed: whether the data say at all what was bought on a prescription.
    """
    places = providers.select("provider_id", "provider_kind", "level", "pooled_outpatient_from_day")
    days = nw.col("service_day")
    pooled = (nw.col("pooled_outpatient_from_day") <= days).fill_null(value=False)
    return (
        settlements.filter(_ordinary(), _in_force(of))
        .join(places, on="provider_id", how="left")
        .with_columns(
            level=_level(of),
            covered=pooled & _on_prescription(of, prescribed=prescribed),
            benefit_year=nw.col("service_month") // _MONTHS,
            refund=nw.col("total_amount") < 0,
            period=_by_period(of, range(len(of.periods)), nw.Int64()),
        )
        .with_columns(cell=_cell(of))
        .select(*_OF_SETTLEMENTS, "benefit_year", "level", "cell", "covered", "refund")
    )


def care_before_the_start(settlements: Frame, of: Tariff) -> Frame:
    """Ordinary outpatient care of employees on days on which, as is known, the fund did not pay it yet or any more.

    Columns: those of settlements. Neither reversals nor refunds.
    """
    without = _by_period(of, [one.in_force is False for one in of.periods], nw.Boolean())
    return settlements.filter(_ordinary(), nw.col("total_amount") >= 0, without.fill_null(value=False))


def _ordinary() -> nw.Expr:
    employees, kinds = nw.col("scheme") == "employee", nw.col("care_type").is_in(_KINDS)
    return employees & kinds & nw.col("reverses_settlement_id").is_null()


def _in_force(of: Tariff) -> nw.Expr:
    """Days on which the fund pays ordinary care, or may: where that is not known, nobody can say that it does not."""
    return _by_period(of, [one.in_force is not False for one in of.periods], nw.Boolean()).fill_null(
        value=False
    )


def _on_prescription(of: Tariff, *, prescribed: bool) -> nw.Expr:
    """True where the fund pays; null where it is not known whether a purchase needs a prescription, or has one."""
    given = ~nw.col("prescription_no").is_null() if prescribed else nw.lit(None, dtype=nw.Boolean())
    needed = _by_period(of, [one.needs_prescription for one in of.periods], nw.Boolean())
    return ~_PURCHASE | given | ~needed


def _level(of: Tariff) -> nw.Expr:
    pharmacies = _by_period(of, [one.pharmacy_level for one in of.periods], nw.String())
    ungraded = _by_period(of, [one.ungraded_level for one in of.periods], nw.String())
    return (
        nw.when(nw.col("provider_kind") == "pharmacy")
        .then(pharmacies)
        .when(nw.col("level") == "ungraded")
        .then(ungraded)
        .otherwise(nw.col("level"))
    )


def _cell(of: Tariff) -> nw.Expr:
    first = (nw.col("benefit_year") == (of.first_year or 0)).cast(nw.Int64)
    category, level = _place("person_category", CATEGORIES), _place("level", LEVELS)
    return cell_number(nw.col("period"), first, category, level)


def _place(column: str, words: tuple[str, ...]) -> nw.Expr:
    """Place of a word among these; null for another word."""
    numbered = enumerate(words)
    nothing: nw.Expr = nw.lit(None, dtype=nw.Int64)
    return reduce(
        lambda found, one: nw.when(nw.col(column) == one[1]).then(nw.lit(one[0])).otherwise(found),
        numbered,
        nothing,
    )


def _by_period(of: Tariff, values: Sequence[bool | str | int | None], kind: DType) -> nw.Expr:
    """The value of the period that the day of service falls in; null before the first."""
    found: nw.Expr = nw.lit(None, dtype=kind)
    for one, value in zip(of.periods, values, strict=True):
        found = (
            nw.when(nw.col("service_day") >= one.start_day).then(nw.lit(value, dtype=kind)).otherwise(found)
        )
    return found
