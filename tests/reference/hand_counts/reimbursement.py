"""Hand counts of what the pool pays of the cost of visits, and why it pays nothing."""

from __future__ import annotations

from collections import defaultdict

from reference.books import Books, Counted, Span
from reference.hand_counts.counting import by_hand, of_the_year, visit
from reference.registry import Row


def _of_visits(rows: list[Row], numerator: str, denominator: str) -> list[Counted]:
    return [visit(row, row[numerator], row[denominator]) for row in rows]


@by_hand
def effective_reimbursement(books: Books, span: Span) -> list[Counted]:
    return _of_visits(books.visits_in(span), "pool_paid", "total_amount")


@by_hand
def policy_scope_reimbursement(books: Books, span: Span) -> list[Counted]:
    return _of_visits(books.visits_in(span), "pool_paid", "in_scope_amount")


@by_hand
def retired_active_gap(books: Books, span: Span) -> list[Counted]:
    sides = {"retired": 0, "active": 1, "flexible": 1}
    return [
        visit(row, row["pool_paid"], row["total_amount"], sides[row["person_category"]])
        for row in books.visits_in(span)
        if row["person_category"] in sides
    ]


@by_hand
def self_pay_share(books: Books, span: Span) -> list[Counted]:
    return [
        visit(row, row["fully_self_paid"] + row["over_limit_self_paid"], row["total_amount"])
        for row in books.visits_in(span)
    ]


@by_hand
def zero_pay_visits(books: Books, span: Span) -> list[Counted]:
    counted = []
    for row in books.visits_in(span):
        reason = _why_nothing(books, row) if row["pool_paid"] <= 0 else None
        counted.append(visit(row, int(reason is not None), 1, part=reason))
    return counted


def _why_nothing(books: Books, row: Row) -> str:
    day = row["service_day"]
    provider = {provider["provider_id"]: provider for provider in books.rows("providers")}.get(
        row["provider_id"]
    )
    joined = provider["pooled_outpatient_from_day"] if provider else None
    if books.value("outpatient_pooling.in_force", day) is not True:
        return "before_pooling"
    if joined is None or joined > day:
        return "provider_not_pooled"
    needed = books.value("benefit.pharmacy_needs_prescription", day) is True
    if needed and row["care_type"] == "pharmacy" and row["prescription_no"] is None:
        return "no_prescription"
    if row["in_scope_amount"] <= 0:
        return "out_of_scope"
    cap = _cap(books, row["person_category"], row["service_month"])
    earlier = sum(
        visit["pool_paid"]
        for visit in books.visits
        if visit["person_id"] == row["person_id"]
        and visit["service_month"] // 12 == row["service_month"] // 12
        and (visit["settled_at"], visit["settlement_id"]) < (row["settled_at"], row["settlement_id"])
    )
    if cap is not None and earlier >= cap:
        return "cap_reached"
    return "deductible" if row["deductible_paid"] >= row["in_scope_amount"] else "other"


@by_hand
def near_cap(books: Books, span: Span) -> list[Counted]:
    near, people = set(), set()
    share = books.thresholds["near_cap"]["near_cap"]
    category = books.category_by(span.end)
    for year in range(span.start // 12, span.end // 12 + 1):
        last = min(year * 12 + 11, span.end)
        paid: dict[str, int] = defaultdict(int)
        for row in books.visits_in(Span(year * 12, last)):
            paid[row["person_id"]] += row["pool_paid"]
        for person, pool in paid.items():
            if pool > 0:
                people.add(person)
                cap = _cap(books, category.get(person), last)
                if cap is not None and pool >= share * cap:
                    near.add(person)
    return [Counted(person, int(person in near), 1) for person in people]


def _cap(books: Books, category: str | None, month: int) -> int | None:
    return of_the_year(books, "benefit.annual_cap", category, month)
