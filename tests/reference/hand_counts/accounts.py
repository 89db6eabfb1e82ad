"""Hand counts of what accounts hold, are credited and pay for."""

from __future__ import annotations

from reference.books import Books, Counted, Span
from reference.dues_by_hand import dues_by_hand
from reference.hand_counts.counting import by_hand
from reference.registry import Row

DEBITS = ("settlement", "mutual_aid", "premium", "transfer_out")


@by_hand
def mutual_aid_share(books: Books, span: Span) -> list[Counted]:
    counted = []
    for row in books.cleared:
        if span.holds(row["service_month"]):
            if row["scheme"] == "employee" and row["account_paid"] > 0:
                counted.append(Counted(row["person_id"], 0, row["account_paid"], provider=row["provider_id"]))
            payer, aid = row["mutual_aid_payer_id"], row["mutual_aid_paid"]
            if payer is not None and aid > 0:
                counted.append(Counted(payer, aid, aid, provider=row["provider_id"]))
    return counted


@by_hand
def account_uses(books: Books, span: Span) -> list[Counted]:
    counted = [Counted(account, 0, 1) for account in books.balances(span)]
    for row in books.cleared:
        if not span.holds(row["service_month"]):
            continue
        if row["scheme"] == "employee" and row["account_paid"] > 0:
            use = "own_pharmacy" if row["care_type"] == "pharmacy" else "own_care"
            counted.append(Counted(row["person_id"], row["account_paid"], 0, part=use))
        if row["mutual_aid_payer_id"] is not None and row["mutual_aid_paid"] > 0:
            counted.append(Counted(row["mutual_aid_payer_id"], row["mutual_aid_paid"], 0, part="relatives"))
    for row in books.rows("account_entries"):
        if span.holds(books.month(row["posted_day"])):
            if row["entry_kind"] == "premium":
                use = f"premium_{row['premium_kind'] or 'unknown'}"
                counted.append(Counted(row["account_id"], -row["amount"], 0, part=use))
            if row["entry_kind"] == "transfer_out":
                counted.append(Counted(row["account_id"], -row["amount"], 0, part="transfer_out"))
    return counted


@by_hand
def idle_accounts(books: Books, span: Span) -> list[Counted]:
    thresholds = books.thresholds["idle_accounts"]
    counted = []
    for account, balance in books.balances(span).items():
        year = books.year(account, span, thresholds["idle_months"])
        credited = _credits(year)
        if credited:
            asleep = not any(row["entry_kind"] in DEBITS for row in year)
            months = _months_of_credit(books, account, year)
            full = balance * months >= thresholds["idle_credits"] * sum(credited)
            counted.append(Counted(account, int(asleep and full), 1))
    return counted


def _credits(entries: list[Row]) -> list[int]:
    return [row["amount"] for row in entries if row["entry_kind"] == "monthly_credit"]


def _months_of_credit(books: Books, account: str, entries: list[Row]) -> int:
    """Months that credits are for: of what one month posts, each once; a year's, where credited by the year."""
    named: dict[int, set[int]] = {}
    for row in entries:
        if row["entry_kind"] == "monthly_credit":
            posted, accrual = books.month(row["posted_day"]), row["accrual_month_index"]
            named.setdefault(posted, set()).add(posted if accrual is None else accrual)
    months = 0
    for posted, accruals in named.items():
        retired = books.months.get(account, {}).get(posted) == "retired"
        name = "account_credit.retired_schedule" if retired else "account_credit.schedule"
        annual = books.value(name, Span(posted, posted).last_day) == "annual"
        months += max(12, len(accruals)) if annual else len(accruals)
    return months


@by_hand
def account_turnover(books: Books, span: Span) -> list[Counted]:
    counted = []
    for account in books.balances(span):
        ends = [
            balances[account]
            for month in range(span.end - 11, span.end + 1)
            if account in (balances := books.balances(Span(month, month)))
        ]
        spent = -sum(
            row["amount"] for row in books.year(account, span) if row["entry_kind"] in (*DEBITS, "refund")
        )
        counted.append(Counted(account, spent, sum(ends) // len(ends)))
    return counted


@by_hand
def balance_in_credits(books: Books, span: Span) -> list[Counted]:
    counted = []
    for account, balance in books.balances(span).items():
        year = books.year(account, span)
        if credited := _credits(year):
            months = _months_of_credit(books, account, year)
            counted.append(Counted(account, balance, sum(credited) // months))
    return counted


@by_hand
def employer_share(books: Books, span: Span) -> list[Counted]:
    counted = []
    for row in books.rows("contributions"):
        if span.holds(row["accrual_month_index"]):
            own, employer = row["person_into_account"] or 0, row["employer_into_account"] or 0
            counted.append(Counted(row["person_id"], employer, own + employer))
    return counted


@by_hand
def credit_accuracy(books: Books, span: Span) -> list[Counted]:
    slack = books.thresholds["credit_accuracy"]["tolerance_fen"]
    counted = []
    for (person, month), (posted, dues) in dues_by_hand(books).items():
        if span.holds(month):
            right = any(abs(posted - due) <= slack for due in (min(dues), max(dues)))
            counted.append(Counted(person, int(right), 1))
    return counted
