"""References of the features of personal accounts."""

from __future__ import annotations

from reference.registry import DataSet, Row, Values, by, reference


def _ledgers(data: DataSet) -> dict[str, list[Row]]:
    return by(lambda row: str(row["account_id"]), data.rows("account_entries"))


def _out(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["amount"] < 0]


def _purchases(data: DataSet) -> dict[str, list[Row]]:
    """By person, the purchases after reversals that the own account helped to pay; five or more."""
    bought = [row for row in data.net if row["care_type"] == "pharmacy" and row["account_paid"] > 0]
    return {
        person: rows
        for person, rows in by(lambda row: str(row["person_id"]), bought).items()
        if len(rows) >= 5
    }


@reference
def balance_in_credits(data: DataSet) -> Values:
    values: Values = {}
    for person, rows in _ledgers(data).items():
        credited = [row["amount"] for row in rows if row["entry_kind"] == "monthly_credit"]
        if len(credited) >= 5 and sum(credited) > 0:
            balance = sum(row["balance_after"] for row in rows) / len(rows)
            values[person] = balance / (sum(credited) / len(credited))
    return values


@reference
def emptied_payments_share(data: DataSet) -> Values:
    values: Values = {}
    for person, rows in _ledgers(data).items():
        payments = [row for row in _out(rows) if row["entry_kind"] in ("settlement", "mutual_aid")]
        if len(payments) >= 5:
            values[person] = sum(row["balance_after"] < 100 for row in payments) / len(payments)
    return values


def _share_of_kind(data: DataSet, kind: str) -> Values:
    values: Values = {}
    for person, rows in _ledgers(data).items():
        debits = _out(rows)
        if len(debits) >= 5:
            part = sum(row["amount"] for row in debits if row["entry_kind"] == kind)
            values[person] = part / sum(row["amount"] for row in debits)
    return values


@reference
def premium_share(data: DataSet) -> Values:
    return _share_of_kind(data, "premium")


@reference
def transferred_out_share(data: DataSet) -> Values:
    return _share_of_kind(data, "transfer_out")


@reference
def round_purchases_share(data: DataSet) -> Values:
    return {
        person: sum(row["account_paid"] % 1000 == 0 for row in rows) / len(rows)
        for person, rows in _purchases(data).items()
    }


@reference
def paid_alone_share(data: DataSet) -> Values:
    return {
        person: sum(row["account_paid"] == row["total_amount"] for row in rows) / len(rows)
        for person, rows in _purchases(data).items()
    }


@reference
def spend_at_one_pharmacy(data: DataSet) -> Values:
    values: Values = {}
    for person, rows in _purchases(data).items():
        places = by(lambda row: row["provider_id"], rows)
        most = max(sum(row["account_paid"] for row in part) for part in places.values())
        values[person] = most / sum(row["account_paid"] for row in rows)
    return values
