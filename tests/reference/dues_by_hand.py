"""Credits due to accounts, month by month, counted by hand from the rules A21 to A27."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reference.books import EPOCH, Books

Posted = dict[tuple[str, int], list[int]]


def dues_by_hand(books: Books) -> dict[tuple[str, int], tuple[int, list[int]]]:
    """By person and month: the amount credited (less the employer's part), and the dues of the categories."""
    posted, credited, months = _posted(books)
    paid = {(row["person_id"], row["accrual_month_index"]): row for row in books.rows("contributions")}
    known: dict[tuple[str, int], tuple[int, list[int]]] = {}
    retired: dict[tuple[str, int], Any] = {}
    for person, month, days in _days_by_category(books, months):
        contribution = paid.get((person, month))
        working = [category for category in days if category in ("active", "flexible") and contribution]
        if working and "retired" not in days:
            assert contribution is not None
            dues = [
                _of_work(books, category, contribution["contribution_base"], month) for category in working
            ]
            part = contribution["employer_into_account"] or 0
            net = credited.get((person, month), 0) - part
            if all(due is not None for due in dues):
                known[person, month] = (net, [due for due in dues if due is not None])
        elif "retired" in days and not working and days["retired"] >= _days(month):
            retired[person, month] = _value(books, "account_credit.retired_rule", month)
    for (person, month), due in _of_retired(books, retired, posted, credited).items():
        known[person, month] = (credited.get((person, month), 0), [due])
    return {key: (net, dues) for key, (net, dues) in known.items() if min(dues) > 0}


def _posted(books: Books) -> tuple[Posted, dict[tuple[str, int], int], range]:
    """Credits above zero, and the net of credits and corrections, by person and month; the months they are for."""
    posted: Posted = defaultdict(list)
    credited: dict[tuple[str, int], int] = defaultdict(int)
    for row in books.rows("account_entries"):
        month = row["accrual_month_index"]
        if row["entry_kind"] == "monthly_credit" or (row["entry_kind"] == "adjustment" and month is not None):
            month = books.month(row["posted_day"]) if month is None else month
            credited[row["account_id"], month] += row["amount"]
            if row["entry_kind"] == "monthly_credit" and row["amount"] > 0:
                posted[row["account_id"], month].append(row["amount"])
    months = [month for _, month in credited]
    return posted, credited, range(min(months), max(months) + 1)


def _days_by_category(books: Books, months: range) -> list[tuple[str, int, Counter[str]]]:
    """Days of every month on which a person was insured here, by category."""
    days: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for row in books.rows("enrolments"):
        here = row["pooling_area"] in (None, "", "000000", books.policy.area)
        if row["scheme"] == "employee" and row["status"] == "active" and here:
            ends = [end for end in (row["end_day"], books.died.get(row["person_id"])) if end is not None]
            for month in months:
                first = (dt.date(month // 12, month % 12 + 1, 1) - EPOCH).days
                inside = range(max(row["start_day"], first), min([*ends, first + _days(month) - 1]) + 1)
                if len(inside):
                    days[row["person_id"], month][row["person_category"]] += len(inside)
    return [(person, month, counts) for (person, month), counts in days.items()]


def _of_work(books: Books, category: str, base: int, month: int) -> int | None:
    rate = _value(books, f"account_credit.{category}_rate", month)
    if rate is None:
        return None
    return int((Decimal(base) * Decimal(str(rate))).quantize(Decimal(1), ROUND_HALF_UP))


def _of_retired(
    books: Books,
    retired: dict[tuple[str, int], Any],
    posted: Posted,
    credited: dict[tuple[str, int], int],
) -> dict[tuple[str, int], int]:
    with_credit = {key: rule for key, rule in retired.items() if key in credited and posted.get(key)}
    usual: dict[int, Counter[int]] = defaultdict(Counter)
    for (person, month), rule in with_credit.items():
        if rule == "uniform":
            usual[month][credited[person, month]] += 1
    dues = {}
    for (person, month), rule in retired.items():
        if rule == "uniform":
            pension, rate = (
                _value(books, f"account_credit.{name}", month) for name in ("average_pension", "retired_rate")
            )
            if pension is not None and rate is not None:
                exact = Decimal(str(pension)) * 100 * Decimal(str(rate))
                dues[person, month] = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            elif usual[month]:
                half = sum(usual[month].values()) / 2
                common = [amount for amount, many in usual[month].items() if many >= half]
                if len(common) == 1:
                    dues[person, month] = common[0]
        if rule == "unchanged":
            own = {at: rule_then for (who, at), rule_then in with_credit.items() if who == person}
            under = [at for at, rule_then in own.items() if rule_then == "unchanged"]
            if under:
                before = [at for at, rule_then in own.items() if rule_then is None and at < min(under)]
                dues[person, month] = min(posted[person, max(before) if before else min(under)])
    return dues


def _value(books: Books, name: str, month: int) -> Any:
    return books.value(name, (dt.date(month // 12, month % 12 + 1, 1) - EPOCH).days)


def _days(month: int) -> int:
    return calendar.monthrange(month // 12, month % 12 + 1)[1]
