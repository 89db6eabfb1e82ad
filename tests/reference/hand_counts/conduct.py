"""Hand counts of what detectors reported, and of stays that may not have been needed."""

from __future__ import annotations

from collections import Counter

from reference.books import ORDINARY, Books, Counted, Span
from reference.hand_counts.counting import by_hand, visit
from reference.registry import Row, by


@by_hand
def uncovered_payments(books: Books, span: Span) -> list[Counted]:
    return [_uncovered(books, row, 1) for row in _assessed_aid(books, span)]


@by_hand
def uncovered_yuan(books: Books, span: Span) -> list[Counted]:
    return [_uncovered(books, row, row["mutual_aid_paid"]) for row in _assessed_aid(books, span)]


def _assessed_aid(books: Books, span: Span) -> list[Row]:
    return [
        row
        for row in books.cleared
        if row["mutual_aid_payer_id"] is not None
        and row["mutual_aid_paid"] > 0
        and span.holds(row["service_month"])
        and row["settlement_id"] in books.assessed["family_authorization"]
    ]


def _uncovered(books: Books, row: Row, amount: int) -> Counted:
    cause = books.causes["family_authorization"].get(row["settlement_id"])
    numerator = 0 if cause is None else amount
    return Counted(row["mutual_aid_payer_id"], numerator, amount, 0, cause, row["provider_id"])


@by_hand
def unlisted_premiums(books: Books, span: Span) -> list[Counted]:
    causes = books.causes["unlisted_premium"]
    return [
        Counted(
            row["account_id"],
            -row["amount"] if row["entry_id"] in causes else 0,
            -row["amount"],
            part=causes.get(row["entry_id"]),
        )
        for row in books.rows("account_entries")
        if row["entry_kind"] == "premium" and span.holds(books.month(row["posted_day"]))
    ]


@by_hand
def prohibited_goods(books: Books, span: Span) -> list[Counted]:
    counted = []
    for row in books.cleared:
        if not span.holds(row["service_month"]):
            continue
        left = books.at_issue["prohibited_purchase"].get(row["settlement_id"], 0)
        if row["scheme"] == "employee" and row["account_paid"] > 0:
            own = min(row["account_paid"], left)
            left -= own
            counted.append(Counted(row["person_id"], own, row["account_paid"], provider=row["provider_id"]))
        if row["mutual_aid_payer_id"] is not None and row["mutual_aid_paid"] > 0:
            payer, aid = row["mutual_aid_payer_id"], row["mutual_aid_paid"]
            counted.append(Counted(payer, left, aid, provider=row["provider_id"]))
    return counted


@by_hand
def late_programme_use(books: Books, span: Span) -> list[Counted]:
    causes = books.causes["closed_policy_use"]
    outpatient = (*ORDINARY, "chronic_outpatient")
    return [
        visit(row, int(causes.get(row["settlement_id"]) == "programme_stopped"), 1)
        for row in books.cleared
        if row["scheme"] == "employee" and row["care_type"] in outpatient and span.holds(row["service_month"])
    ]


@by_hand
def short_stays(books: Books, span: Span) -> list[Counted]:
    thresholds = books.thresholds["short_stays"]
    items = by(lambda row: row["settlement_id"], books.rows("charge_lines"))
    counted = []
    for row in books.cleared:
        if (
            row["scheme"] == "employee"
            and row["care_type"] == "inpatient"
            and span.holds(row["service_month"])
        ):
            named = [item["item_name"] or "" for item in items.get(row["settlement_id"], [])]
            surgical = any(word in name for name in named for word in thresholds["surgery_words"])
            if row["admitted_day"] is not None and row["discharged_day"] is not None:
                days = row["discharged_day"] - row["admitted_day"]
                counted.append(visit(row, int(days <= thresholds["short_stay_days"] and not surgical), 1))
    return counted


@by_hand
def pool_cost_per_visit(books: Books, span: Span) -> list[Counted]:
    return [visit(row, row["pool_paid"], 1, part=row["care_type"]) for row in _paid_by_pool(books, span)]


@by_hand
def pool_visits_per_person(books: Books, span: Span) -> list[Counted]:
    visits = Counter(row["person_id"] for row in _paid_by_pool(books, span))
    return [Counted(person, number, 1) for person, number in visits.items()]


def _paid_by_pool(books: Books, span: Span) -> list[Row]:
    return [
        row
        for row in books.cleared
        if row["scheme"] == "employee" and row["pool_paid"] > 0 and span.holds(row["service_month"])
    ]


@by_hand
def surplus_supply(books: Books, span: Span) -> list[Counted]:
    substances = {row["item_code"]: row["substance"] for row in books.rows("item_reference")}
    lines = by(lambda row: row["settlement_id"], books.rows("charge_lines"))
    last: dict[tuple[str, str], tuple[str, int, int]] = {}
    counted = []
    for row in sorted(books.cleared, key=lambda row: (row["settled_day"], row["settlement_id"])):
        if row["scheme"] != "employee" or row["care_type"] in (
            "inpatient",
            "emergency",
            "special_outpatient",
        ):
            continue
        if _long_prescription(books, row):
            continue
        supplies: Counter[str] = Counter()
        for line in lines.get(row["settlement_id"], []):
            if line["item_kind"] == "drug" and (line["quantity"] or 0) > 0 and (line["days_supply"] or 0) > 0:
                supplies[substances.get(line["item_code"]) or line["item_code"]] += line["days_supply"]
        surplus = 0
        for drug, supply in supplies.items():
            place, day, lasts = last.get((row["person_id"], drug), (row["provider_id"], 0, 0))
            left = lasts - 10_000 * (row["settled_day"] - day)
            if place != row["provider_id"] and left > 0:
                surplus += min(left, supply)
            last[row["person_id"], drug] = (row["provider_id"], row["settled_day"], supply)
        if sum(supplies.values()) >= 10_000 and span.holds(row["service_month"]):
            counted.append(visit(row, surplus // 10_000, sum(supplies.values()) // 10_000))
    return counted


def _long_prescription(books: Books, row: Row) -> bool:
    return any(
        context["kind"] == "long_prescription"
        and (context["person_id"] or context["provider_id"]) is not None
        and context["person_id"] in (None, row["person_id"])
        and context["provider_id"] in (None, row["provider_id"])
        and context["from_day"] <= row["settled_day"]
        and (context["to_day"] is None or row["settled_day"] <= context["to_day"])
        for context in books.rows("registered_contexts")
    )
