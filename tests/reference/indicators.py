"""Every indicator counted by hand: plain loops over rows, written from its definition, registered under its name."""

from __future__ import annotations

from collections import defaultdict

from reference.books import ORDINARY, Books, Counted, Hand, Span
from reference.dues_by_hand import dues_by_hand
from reference.registry import Row, by

_hand_counts: dict[str, Hand] = {}
_STORED_NAMES = {"used_authorizations": "used_authorisations", "authorized_holders": "authorised_holders"}
"""Stored names of indicators, where they are spelled differently."""
DEBITS = ("settlement", "mutual_aid", "premium", "transfer_out")


def by_hand(hand: Hand) -> Hand:
    """Mark the hand count of the indicator of the same name."""
    _hand_counts[_STORED_NAMES.get(hand.__name__, hand.__name__)] = hand
    return hand


def hand_counts() -> dict[str, Hand]:
    """Every hand count by the name of its indicator."""
    return dict(_hand_counts)


def _of_visits(rows: list[Row], numerator: str, denominator: str) -> list[Counted]:
    return [_visit(row, row[numerator], row[denominator]) for row in rows]


def _visit(row: Row, numerator: int, denominator: int, side: int = 0, part: str | None = None) -> Counted:
    return Counted(
        row["person_id"],
        numerator,
        denominator,
        side,
        part,
        row["provider_id"],
        row["person_category"] or "unknown",
    )


@by_hand
def pooled_participation(books: Books, span: Span) -> list[Counted]:
    paid = {row["person_id"] for row in books.visits_in(span) if row["pool_paid"] > 0}
    least = books.thresholds["pooled_participation"]["entitled_months"]
    entitled = books.entitled(min(span.start, span.end - 11), span.end)
    return [
        Counted(person, int(person in paid), 1, category=category)
        for person, (months, category) in entitled.items()
        if months >= least
    ]


@by_hand
def authorized_holders(books: Books, span: Span) -> list[Counted]:
    in_force = {
        row["payer_id"]
        for row in books.rows("family_authorizations")
        if row["valid_from_day"] <= span.last_day
        and (row["valid_to_day"] is None or row["valid_to_day"] >= span.last_day)
    }
    holders = {account for account, balance in books.balances(span).items() if balance > 0}
    return [Counted(account, int(account in in_force), 1) for account in holders]


@by_hand
def used_authorizations(books: Books, span: Span) -> list[Counted]:
    authorizing = {
        row["payer_id"]
        for row in books.rows("family_authorizations")
        if row["valid_from_day"] <= span.last_day
        and (row["valid_to_day"] is None or row["valid_to_day"] >= span.first_day)
    }
    paid = {
        row["mutual_aid_payer_id"]
        for row in books.cleared
        if row["mutual_aid_paid"] > 0 and span.holds(row["service_month"])
    }
    return [Counted(account, int(account in paid), 1) for account in authorizing]


@by_hand
def former_chronic_unseen(books: Books, span: Span) -> list[Counted]:
    stops = [
        window for window in books.policy.windows("chronic_outpatient.in_force") if window.value is False
    ]
    if not stops:
        return []
    stop = stops[0].start_day
    months = books.thresholds["former_chronic_unseen"]["unseen_months"]
    if books.month(stop) > span.end - months + 1:
        return []
    chronic = [row for row in books.settlements if row["care_type"] == "chronic_outpatient"]
    had = {row["person_id"] for row in chronic if row["scheme"] == "employee" and row["service_day"] < stop}
    codes = {row["programme_code"] for row in chronic if row["programme_code"] is not None}
    had |= {
        row["person_id"]
        for row in books.rows("programme_registrations")
        if row["from_day"] < stop and row["programme_code"] in codes
    }
    seen = {
        row["person_id"]
        for row in books.cleared
        if row["scheme"] == "employee" and span.end - months < row["service_month"] <= span.end
    }
    entitled = books.entitled(span.end, span.end)
    return [
        Counted(person, int(person not in seen), 1, category=category)
        for person, (_, category) in entitled.items()
        if person in had
    ]


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
        _visit(row, row["pool_paid"], row["total_amount"], sides[row["person_category"]])
        for row in books.visits_in(span)
        if row["person_category"] in sides
    ]


@by_hand
def zero_pay_visits(books: Books, span: Span) -> list[Counted]:
    counted = []
    for row in books.visits_in(span):
        reason = _why_nothing(books, row) if row["pool_paid"] <= 0 else None
        counted.append(_visit(row, int(reason is not None), 1, part=reason))
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


def _cap(books: Books, category: str | None, month: int) -> int | None:
    return _of_the_year(books, "benefit.annual_cap", category, month)


def _of_the_year(books: Books, name: str, category: str | None, month: int) -> int | None:
    """A yearly amount at the end of a month; if prorated, by the months of the year in which the benefit began."""
    if category not in ("active", "flexible", "retired"):
        return None
    day = Span(month, month).last_day
    amount = books.number(name, day, person_category=category)
    start = books.policy.cut_over
    if amount is None or start is None or start.year != month // 12:
        return amount
    whole = books.value("benefit.first_year", day) != "prorated"
    return amount if whole else amount * (13 - start.month) // 12


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
def self_pay_share(books: Books, span: Span) -> list[Counted]:
    return [
        _visit(row, row["fully_self_paid"] + row["over_limit_self_paid"], row["total_amount"])
        for row in books.visits_in(span)
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
                counted.append(_visit(row, int(days <= thresholds["short_stay_days"] and not surgical), 1))
    return counted


@by_hand
def awareness_by_survey(books: Books, span: Span) -> list[Counted]:
    return [
        Counted(None, int(row["correct"]), 1)
        for row in books.rows("survey_answers")
        if row["correct"] is not None and span.holds(books.month(row["asked_day"]))
    ]


@by_hand
def awareness_by_conduct(books: Books, span: Span) -> list[Counted]:
    least = books.thresholds["awareness_by_conduct"]["least_visits"]
    care = by(lambda row: str(row["person_id"]), books.visits_in(span))
    counted = []
    for person, (_, category) in books.entitled(span.start, span.end).items():
        own = care.get(person, [])
        never = not any(row["pool_paid"] > 0 for row in own)
        enough = len(own) >= least and _above_deductible(books, own, category, span)
        counted.append(Counted(person, int(never and enough), 1, category=category))
    return counted


def _above_deductible(books: Books, rows: list[Row], category: str, span: Span) -> bool:
    if category not in ("active", "flexible", "retired"):
        return False
    mode = books.value("benefit.deductible_mode", span.last_day)
    limit = _of_the_year(books, "benefit.deductible", category, span.end) if mode == "annual" else 0
    assert limit is not None
    above: int = sum(max(row["in_scope_amount"] - _of_visit(books, row), 0) for row in rows)
    return above > limit


def _of_visit(books: Books, row: Row) -> int:
    """What a visit has of a deductible of its own."""
    day = row["service_day"]
    if books.value("benefit.deductible_mode", day) != "per_visit":
        return 0
    (provider,) = [known for known in books.rows("providers") if known["provider_id"] == row["provider_id"]]
    level = provider["level"]
    if level == "ungraded":
        level = books.value("benefit.ungraded_level", day)
    if provider["provider_kind"] == "pharmacy":
        level = books.value("benefit.pharmacy_level", day)
    if row["person_category"] not in ("active", "flexible", "retired"):
        return 0
    amount = books.number("benefit.deductible", day, person_category=row["person_category"], level=level)
    return amount or 0


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
        _visit(row, int(causes.get(row["settlement_id"]) == "programme_stopped"), 1)
        for row in books.cleared
        if row["scheme"] == "employee" and row["care_type"] in outpatient and span.holds(row["service_month"])
    ]


@by_hand
def credit_accuracy(books: Books, span: Span) -> list[Counted]:
    slack = books.thresholds["credit_accuracy"]["tolerance_fen"]
    counted = []
    for (person, month), (posted, dues) in dues_by_hand(books).items():
        if span.holds(month):
            right = any(abs(posted - due) <= slack for due in (min(dues), max(dues)))
            counted.append(Counted(person, int(right), 1))
    return counted
