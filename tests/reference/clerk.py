"""The recalculation once more, person by person and in the order of settlement, on the terms of a policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from reference.pricing import Due, Record, Terms, due
from reference.registry import DataSet, Row

from features.policy import Policy

AMOUNTS = ("in_scope_amount", "deductible_paid", "pool_paid", "other_fund_paid")


@dataclass
class Clerk:
    """Prices settlements (rows of yuan) in the order in which they were made."""

    policy: Policy
    data: DataSet
    records: dict[tuple[str, int], Record] = field(default_factory=dict)

    def price(self) -> dict[str, Due]:
        """Deductible, pool and second layer of every settlement that is ordinary care of an employee."""
        rows, prices = self.data.settlements, dict[str, Due]()
        ordinary = [row for row in rows if not row["reverses_settlement_id"] and self.counts(row)]
        years = {row["settlement_id"]: row["service_date"].year for row in ordinary}
        reversals = [row for row in rows if row["reverses_settlement_id"] in years]
        for row in sorted([*ordinary, *reversals], key=lambda row: (row["settled_at"], row["settlement_id"])):
            year = years[row["reverses_settlement_id"] or row["settlement_id"]]
            record = self.records.setdefault((row["person_id"], year), Record())
            if row["in_scope_amount"] is None or row["deductible_paid"] is None:
                record.readable = False
            if not record.readable:
                continue
            in_scope, *paid = (yuan(row[name]) for name in AMOUNTS)
            if not row["reverses_settlement_id"] and in_scope >= 0 and self.pays(row):
                prices[row["settlement_id"]] = due(self.terms(row), in_scope, record)
            record.add(in_scope, *paid)
        return prices

    @cached_property
    def places(self) -> dict[str, Row]:
        return {row["provider_id"]: row for row in self.data.rows("providers")}

    def value(self, name: str, day: dt.date) -> Any:
        return self.policy.at(f"benefit.{name}", day).value

    def ordinary(self, row: Row) -> bool:
        """Whether it is ordinary care of an employee, since the fund pays for any."""
        start = self.policy.cut_over
        return (
            start is not None
            and row["service_date"] >= start
            and row["scheme"] == "employee"
            and row["care_type"] in ("outpatient", "emergency", "pharmacy")
        )

    def counts(self, row: Row) -> bool:
        """Whether it is paid by the fund, or drew on the benefit though it is not."""
        return self.ordinary(row) and (
            self.pays(row) or bool(row["deductible_paid"]) or bool(row["pool_paid"])
        )

    def pays(self, row: Row) -> bool:
        """Whether the fund pays ordinary care for this row."""
        place = self.places[row["provider_id"]]
        if not self.ordinary(row):
            return False
        needs = self.value("pharmacy_needs_prescription", row["service_date"])
        return (
            place["pooled_outpatient_from"] is not None
            and row["service_date"] >= place["pooled_outpatient_from"]
            and not (row["care_type"] == "pharmacy" and needs and not row["prescription_no"])
        )

    def level(self, row: Row) -> str:
        place = self.places[row["provider_id"]]
        if place["provider_kind"] == "pharmacy":
            return str(self.value("pharmacy_level", row["service_date"]))
        if place["level"] == "ungraded":
            return str(self.value("ungraded_level", row["service_date"]))
        return str(place["level"])

    def terms(self, row: Row) -> Terms:
        """What the policy says of the category, level and day of a row."""
        day, who, level = row["service_date"], row["person_category"], self.level(row)
        start = self.policy.cut_over
        assert start is not None
        prorated = day.year == start.year and self.value("first_year", day) == "prorated"
        mode = self.value("deductible_mode", day)
        deductible = None if mode == "none" else self.number("deductible", day, who, level)
        layer = self.policy.at("benefit.second_layer", day)
        of_layer = layer.row(person_category=who) if layer.rows else None
        return Terms(
            annual_deductible=deductible if mode == "annual" else None,
            visit_deductible=deductible if deductible is not None and mode == "per_visit" else Decimal(0),
            segments=self.segments(day, who, level),
            cap=self.number("annual_cap", day, who, level),
            layer=None if of_layer is None else (exact(of_layer["ratio"]), exact(of_layer["cap"])),
            months=13 - start.month if prorated else 12,
            rounding=ROUND_HALF_UP if self.value("rounding", day) == "half_up" else ROUND_DOWN,
        )

    def segments(self, day: dt.date, who: str, level: str) -> list[tuple[Decimal, Decimal]]:
        rows = self.policy.at("benefit.ratio", day)
        starts = sorted({0.0, *(float(row.get("segment_from", 0)) for row in rows.rows)})
        return [
            (exact(start), exact(rows.number(person_category=who, level=level, segment_from=start)))
            for start in starts
        ]

    def number(self, name: str, day: dt.date, who: str, level: str) -> Decimal:
        return exact(self.policy.at(f"benefit.{name}", day).number(person_category=who, level=level))


def yuan(fen: int | None) -> Decimal:
    """An amount as it stands; what is not stated is 0."""
    return Decimal(fen or 0) / 100


def exact(number: Any) -> Decimal:
    """A number as it is written in a policy file."""
    return Decimal(str(number))
