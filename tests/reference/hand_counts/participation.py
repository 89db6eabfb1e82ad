"""Hand counts of who takes part: uses the pool, authorizes relatives, is seen again, knows what is due."""

from __future__ import annotations

from reference.books import Books, Counted, Span
from reference.hand_counts.counting import by_hand, of_the_year
from reference.registry import Row, by


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
    limit = of_the_year(books, "benefit.deductible", category, span.end) if mode == "annual" else 0
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
