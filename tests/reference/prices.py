"""The recalculation once more, person by person, in yuan, as a clerk would do it with a calculator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from features.policy import Policy

Row = Mapping[str, Any]
CENT = Decimal("0.01")


@dataclass
class Record:
    """What stands on record of a person and year."""

    in_scope: Decimal = Decimal(0)
    deductible: Decimal = Decimal(0)
    pool: Decimal = Decimal(0)
    second: Decimal = Decimal(0)
    readable: bool = True


@dataclass
class Clerk:
    """Prices settlements (rows of yuan) in the order in which they were made."""

    policy: Policy
    places: Mapping[str, Row]
    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    prices: dict[str, tuple[Decimal, Decimal, Decimal]] = field(default_factory=dict)

    def price(self, rows: Iterable[Row]) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
        """Deductible, pool and second layer of every settlement that is ordinary care of an employee."""
        rows = list(rows)
        ordinary = [row for row in rows if not row["reverses"] and self.counts(row)]
        self.years = {row["id"]: row["service"].year for row in ordinary}
        reversals = [row for row in rows if row["reverses"] in self.years]
        for row in sorted([*ordinary, *reversals], key=lambda row: (row["at"], row["id"])):
            year = self.years[row["reverses"] or row["id"]]
            record = self.records.setdefault((row["person"], year), Record())
            if row["in_scope"] is None or row["deductible"] is None:
                record.readable = False
            if not record.readable:
                continue
            if not row["reverses"] and row["in_scope"] >= 0 and self.pays(row):
                self.prices[row["id"]] = self.due(row, record)
            record.in_scope += row["in_scope"]
            record.deductible += row["deductible"]
            record.pool += row["pool"]
            record.second += row["second"]
        return self.prices

    def value(self, name: str, day: dt.date) -> Any:
        return self.policy.at(f"benefit.{name}", day).value

    def ordinary(self, row: Row) -> bool:
        """Whether it is ordinary care of an employee, since the fund pays for any."""
        start = self.policy.cut_over
        return (
            start is not None
            and row["service"] >= start
            and row["scheme"] == "employee"
            and row["care"] in ("outpatient", "emergency", "pharmacy")
        )

    def counts(self, row: Row) -> bool:
        """Whether it is paid by the fund, or drew on the benefit though it is not."""
        return self.ordinary(row) and (self.pays(row) or bool(row["deductible"]) or bool(row["pool"]))

    def pays(self, row: Row) -> bool:
        """Whether the fund pays ordinary care for this row."""
        place = self.places[row["provider"]]
        if not self.ordinary(row):
            return False
        needs = self.value("pharmacy_needs_prescription", row["service"])
        return (
            place["pooled_from"] is not None
            and row["service"] >= place["pooled_from"]
            and not (row["care"] == "pharmacy" and needs and not row["prescription"])
        )

    def level(self, row: Row) -> str:
        place = self.places[row["provider"]]
        if place["kind"] == "pharmacy":
            return str(self.value("pharmacy_level", row["service"]))
        if place["level"] == "ungraded":
            return str(self.value("ungraded_level", row["service"]))
        return str(place["level"])

    def due(self, row: Row, record: Record) -> tuple[Decimal, Decimal, Decimal]:
        day, who, level = row["service"], row["category"], self.level(row)
        start = self.policy.cut_over
        assert start is not None
        months = 12
        if day.year == start.year and self.value("first_year", day) == "prorated":
            months = 13 - start.month
        in_scope, deductible = row["in_scope"], Decimal(0)
        if self.value("deductible_mode", day) == "annual":
            whole = down(self.number("deductible", day, who, level) * months / 12)
            deductible = min(in_scope, max(whole - record.deductible, Decimal(0)))
        elif self.value("deductible_mode", day) == "per_visit":
            deductible = min(in_scope, self.number("deductible", day, who, level))
        eligible = in_scope - deductible
        uncapped = self.cents(day, self.by_segments(day, who, level, record, eligible))
        cap = down(self.number("annual_cap", day, who, level) * months / 12)
        pool = min(uncapped, max(cap - record.pool, Decimal(0)))
        second = Decimal(0)
        layer = self.policy.at("benefit.second_layer", day)
        if layer.rows and uncapped:
            uncovered = down(eligible * (uncapped - pool) / uncapped)
            row_of = layer.row(person_category=who)
            remaining = down(Decimal(str(row_of["cap"])) * months / 12) - record.second
            second = min(
                self.cents(day, uncovered * Decimal(str(row_of["ratio"]))), max(remaining, Decimal(0))
            )
        return deductible, pool, second

    def by_segments(self, day: dt.date, who: str, level: str, record: Record, eligible: Decimal) -> Decimal:
        """A cent at a time would be the most obvious; every segment in turn is quick enough to test with."""
        rows = self.policy.at("benefit.ratio", day)
        starts = sorted({Decimal(0), *(Decimal(str(row.get("segment_from", 0))) for row in rows.rows)})
        before, paid = record.in_scope - record.deductible, Decimal(0)
        for start, end in zip(starts, [*starts[1:], Decimal(10**12)], strict=True):
            inside = max(min(before + eligible, end) - max(before, start), Decimal(0))
            ratio = rows.number(person_category=who, level=level, segment_from=float(start))
            paid += inside * Decimal(str(ratio))
        return paid

    def number(self, name: str, day: dt.date, who: str, level: str) -> Decimal:
        return Decimal(str(self.policy.at(f"benefit.{name}", day).number(person_category=who, level=level)))

    def cents(self, day: dt.date, amount: Decimal) -> Decimal:
        rounding = ROUND_HALF_UP if self.value("rounding", day) == "half_up" else ROUND_DOWN
        return amount.quantize(CENT, rounding)


def down(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_DOWN)


def in_fen(prices: Sequence[Decimal]) -> list[int]:
    return [int(price * 100) for price in prices]
