"""The recalculation once more, person by person and in the order of settlement, on the terms of a policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from reference.pricing import Due, Record, Terms, due

from features.policy import Policy

Row = Mapping[str, Any]


@dataclass
class Clerk:
    """Prices settlements (rows of yuan) in the order in which they were made."""

    policy: Policy
    places: Mapping[str, Row]
    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    prices: dict[str, Due] = field(default_factory=dict)

    def price(self, rows: Iterable[Row]) -> dict[str, Due]:
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
                self.prices[row["id"]] = due(self.terms(row), row["in_scope"], record)
            record.add(row["in_scope"], row["deductible"], row["pool"], row["second"])
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

    def terms(self, row: Row) -> Terms:
        """What the policy says of the category, level and day of a row."""
        day, who, level = row["service"], row["category"], self.level(row)
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


def exact(number: Any) -> Decimal:
    """A number as it is written in a policy file."""
    return Decimal(str(number))
