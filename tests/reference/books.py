"""The rows of a data set as a clerk would count indicators from them: nothing shared with the code that is tested."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reference.registry import DataSet, Row, by

from features.policy import Policy
from features.tables import Tables

MONEY = (
    "total_amount",
    "in_scope_amount",
    "fully_self_paid",
    "over_limit_self_paid",
    "deductible_paid",
    "pool_paid",
    "account_paid",
    "mutual_aid_paid",
)
ORDINARY = ("outpatient", "emergency", "pharmacy")
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Counted:
    """One row of a list, counted by hand."""

    person: str | None
    numerator: int
    denominator: int
    side: int = 0
    part: str | None = None
    provider: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Span:
    """Some months in a row, both inside: year * 12 + month - 1."""

    start: int
    end: int

    def holds(self, month: int) -> bool:
        return self.start <= month <= self.end

    @property
    def last_day(self) -> int:
        year, month = divmod(self.end, 12)
        return (dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1]) - EPOCH).days

    @property
    def first_day(self) -> int:
        return (dt.date(self.start // 12, self.start % 12 + 1, 1) - EPOCH).days


Hand = Callable[["Books", Span], list[Counted]]


class Books(DataSet):
    """The rows of a data set, with the policy, the thresholds of the cards, and what detectors reported."""

    def __init__(
        self,
        tables: Tables,
        policy: Policy,
        thresholds: Mapping[str, Mapping[str, Any]],
        causes: Mapping[str, Mapping[str, str]],
        assessed: Mapping[str, set[str]],
        at_issue: Mapping[str, Mapping[str, int]],
    ) -> None:
        super().__init__(tables)
        self.policy, self.thresholds, self.causes, self.assessed = policy, thresholds, causes, assessed
        self.at_issue = at_issue
        self._assessed_settlements: dict[str, list[Row]] = {}
        self._balances: dict[int, dict[str, int]] = {}

    def rows(self, table: str) -> list[Row]:
        """All rows of a table, read a single time."""
        if table not in self._assessed_settlements:
            self._assessed_settlements[table] = super().rows(table)
        return self._assessed_settlements[table]

    @cached_property
    def cleared(self) -> list[Row]:
        """Settlements that stand after reversals, with what is left of every amount."""
        back = by(lambda row: row["reverses_settlement_id"], self.settlements)
        left: list[Row] = []
        for row in self.settlements:
            if row["reverses_settlement_id"] is not None or row["total_amount"] < 0:
                continue
            reversals = back.get(row["settlement_id"], [])
            amounts = {name: sum(part[name] or 0 for part in [row, *reversals]) for name in MONEY}
            if not reversals or amounts["total_amount"] > 0:
                left.append({**row, **amounts})
        return left

    @cached_property
    def visits(self) -> list[Row]:
        """Ordinary outpatient settlements of employees."""
        return [row for row in self.cleared if row["scheme"] == "employee" and row["care_type"] in ORDINARY]

    def visits_in(self, span: Span) -> list[Row]:
        return [row for row in self.visits if span.holds(row["service_month"])]

    def value(self, name: str, day: int) -> Any:
        """A policy value on a day; None where it is unknown."""
        on = EPOCH + dt.timedelta(days=day)
        if name not in self.policy.names() or self.policy.parameters[name][0].start > on:
            return None
        known = self.policy.at(name, on)
        return known if known.rows else known.value

    def number(self, name: str, day: int, **keys: str) -> int | None:
        """An amount of the policy in fen; None where it is unknown."""
        on = EPOCH + dt.timedelta(days=day)
        if name not in self.policy.names() or self.policy.parameters[name][0].start > on:
            return None
        known = self.policy.at(name, on)
        return None if known.status == "unknown" else round(100 * known.number(**keys))

    @cached_property
    def died(self) -> dict[str, int | None]:
        return {row["person_id"]: row["death_day"] for row in self.rows("persons")}

    @cached_property
    def born(self) -> dict[str, int | None]:
        return {row["person_id"]: row["birth_day"] for row in self.rows("persons")}

    @cached_property
    def months(self) -> dict[str, dict[int, str]]:
        """By person, the months on whose last day the person is entitled, and the category in each.

        Who has several enrolments at a time keeps the category of the one that began first (in months), until it ends.
        An enrolment of unknown status or end counts in no month.
        """
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for row in self.rows("enrolments"):
            known = row["status"] not in ("suspended", "terminated", "unknown") and not row["end_unknown"]
            if row["scheme"] == "employee" and known:
                died = self.died.get(row["person_id"])
                ends = [day for day in (row["end_day"], died) if day is not None]
                first = self.month(row["start_day"])
                last = self.month(min(ends) + 1) - 1 if ends else first + 600
                if first <= last:
                    spans.setdefault(row["person_id"], []).append((first, last, row["person_category"]))
        result: dict[str, dict[int, str]] = {}
        for person, own in spans.items():
            result[person] = {}
            for first, last, category in sorted(own):
                for month in range(first, last + 1):
                    if month > max(result[person], default=-1):
                        result[person][month] = category
        return result

    @staticmethod
    def month(day: int) -> int:
        on = EPOCH + dt.timedelta(days=day)
        return on.year * 12 + on.month - 1

    def entitled(self, start: int, end: int) -> dict[str, tuple[int, str]]:
        """By person, months of entitlement between two months, and the category in the last of them."""
        result = {}
        for person, months in self.months.items():
            inside = [month for month in months if start <= month <= end]
            if inside:
                result[person] = (len(inside), months[max(inside)])
        return result

    def category_by(self, end: int) -> dict[str, str]:
        """Category of each person in the last stretch of entitlement that began by a month."""
        result = {}
        for person, months in self.months.items():
            begun = [month for month in months if month <= end]
            if begun:
                result[person] = months[max(begun)]
        return result

    @cached_property
    def accounts(self) -> dict[str, list[Row]]:
        """The ledger of each account, in order."""
        entries = sorted(self.rows("account_entries"), key=lambda row: (row["posted_at"], row["entry_id"]))
        return by(lambda row: str(row["account_id"]), entries)

    def balances(self, span: Span) -> dict[str, int]:
        """Balance of every account on the last day."""
        if span.end not in self._balances:
            balances = self._balances[span.end] = {}
            for account, entries in self.accounts.items():
                until = [row for row in entries if row["posted_day"] <= span.last_day]
                if until:
                    balances[account] = until[-1]["balance_after"]
        return self._balances[span.end]

    def year(self, account: str, span: Span, months: int = 12) -> list[Row]:
        """Entries of an account in the months up to the end of a span."""
        first = span.end - months + 1
        return [row for row in self.accounts[account] if first <= self.month(row["posted_day"]) <= span.end]
