"""Hand counts of what detectors reported, and of stays that may not have been needed."""

from __future__ import annotations

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
