"""References of the features of payer accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median

from reference.registry import DataSet, Row, Values, by, reference


def _aid(data: DataSet) -> dict[str, list[Row]]:
    """By payer, the net settlements that the account helped to pay."""
    paid = [row for row in data.net if row["mutual_aid_payer_id"] is not None and row["mutual_aid_paid"] > 0]
    return by(lambda row: str(row["mutual_aid_payer_id"]), paid)


def _fen(rows: list[Row]) -> int:
    return sum(row["mutual_aid_paid"] for row in rows)


def _people(rows: list[Row]) -> set[str]:
    return {row["person_id"] for row in rows}


@reference
def beneficiaries_per_payer(data: DataSet) -> Values:
    return {payer: len(_people(rows)) for payer, rows in _aid(data).items()}


@reference
def payers_per_beneficiary(data: DataSet) -> Values:
    payers = Counter(person for rows in _aid(data).values() for person in _people(rows))
    return {payer: max(payers[person] for person in _people(rows)) for payer, rows in _aid(data).items()}


@reference
def share_spent_by_others(data: DataSet) -> Values:
    aid = _aid(data)
    own = by(lambda row: str(row["person_id"]), data.net)
    authorizing = {row["payer_id"] for row in data.rows("family_authorizations")}
    values: Values = {}
    for payer in set(aid) | authorizing:
        for_others, for_self = aid.get(payer, []), own.get(payer, [])
        paid = _fen(for_others) + sum(row["account_paid"] for row in for_self)
        if len(for_others) + len(for_self) >= 5 and paid > 0:
            values[payer] = _fen(for_others) / paid
    return values


@reference
def share_at_one_provider(data: DataSet) -> Values:
    values: Values = {}
    for payer, rows in _aid(data).items():
        if len(rows) >= 5:
            places = by(lambda row: row["provider_id"], rows)
            values[payer] = max(_fen(part) for part in places.values()) / _fen(rows)
    return values


@reference
def aid_burst(data: DataSet) -> Values:
    values: Values = {}
    for payer, rows in _aid(data).items():
        months = [_fen(part) for part in by(lambda row: row["settled_month"], rows).values()]
        if len(months) >= 3:
            values[payer] = max(months) / median(months)
    return values


@reference
def beneficiary_districts(data: DataSet) -> Values:
    values: Values = {}
    for payer, rows in _aid(data).items():
        known = {data.districts.get(person) for person in _people(rows)} - {None}
        if known:
            values[payer] = len(known)
    return values


@reference
def aid_per_settlement(data: DataSet) -> Values:
    return {payer: _fen(rows) / 100 / len(rows) for payer, rows in _aid(data).items() if len(rows) >= 5}


@reference
def authorised_people(data: DataSet) -> Values:
    groups = by(lambda row: str(row["payer_id"]), data.rows("family_authorizations"))
    return {payer: len({row["beneficiary_id"] for row in rows}) for payer, rows in groups.items()}


@reference
def farther_relatives(data: DataSet) -> Values:
    values: Values = {}
    for payer, rows in by(lambda row: str(row["payer_id"]), data.rows("family_authorizations")).items():
        everyone = {row["beneficiary_id"] for row in rows}
        near = {row["beneficiary_id"] for row in rows if row["relation"] in ("spouse", "parent", "child")}
        values[payer] = len(everyone - near)
    return values


@reference
def authorisation_to_spend_delay(data: DataSet) -> Values:
    since: dict[tuple[str, str], int] = {}
    for row in data.rows("family_authorizations"):
        pair = (row["payer_id"], row["beneficiary_id"])
        since[pair] = min(since.get(pair, row["valid_from_day"]), row["valid_from_day"])
    delays: dict[str, list[int]] = defaultdict(list)
    for payer, rows in _aid(data).items():
        for row in rows:
            first = since.get((payer, row["person_id"]))
            if first is not None and row["settled_day"] >= first:
                delays[payer].append(row["settled_day"] - first)
    return {payer: min(days) for payer, days in delays.items()}


@reference
def spend_soon_after_credit(data: DataSet) -> Values:
    values: Values = {}
    for account, rows in by(lambda row: str(row["account_id"]), data.rows("account_entries")).items():
        credited = [row["posted_day"] for row in rows if row["entry_kind"] == "monthly_credit"]
        debits = [
            row for row in rows if row["entry_kind"] in ("settlement", "mutual_aid") and row["amount"] < 0
        ]
        soon = [row for row in debits if any(0 <= row["posted_day"] - day <= 2 for day in credited)]
        if len(debits) >= 5:
            spent = sum(-row["amount"] for row in debits)
            values[account] = sum(-row["amount"] for row in soon) / spent
    return values
