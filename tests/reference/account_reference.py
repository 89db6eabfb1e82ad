"""References of the features of personal accounts."""

from __future__ import annotations

from reference.registry import Row, Values, World, by, reference


def _ledgers(world: World) -> dict[str, list[Row]]:
    return by(lambda row: str(row["account_id"]), world.rows("account_entries"))


def _out(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["amount"] < 0]


def _purchases(world: World) -> dict[str, list[Row]]:
    """By person, the purchases after reversals that the own account helped to pay; five or more."""
    bought = [row for row in world.net if row["care_type"] == "pharmacy" and row["account_paid"] > 0]
    return {
        person: rows
        for person, rows in by(lambda row: str(row["person_id"]), bought).items()
        if len(rows) >= 5
    }


@reference
def balance_in_credits(world: World) -> Values:
    values: Values = {}
    for person, rows in _ledgers(world).items():
        credited = [row["amount"] for row in rows if row["entry_kind"] == "monthly_credit"]
        if len(credited) >= 5 and sum(credited) > 0:
            balance = sum(row["balance_after"] for row in rows) / len(rows)
            values[person] = balance / (sum(credited) / len(credited))
    return values


@reference
def emptied_payments_share(world: World) -> Values:
    values: Values = {}
    for person, rows in _ledgers(world).items():
        payments = [row for row in _out(rows) if row["entry_kind"] in ("settlement", "mutual_aid")]
        if len(payments) >= 5:
            values[person] = sum(row["balance_after"] < 100 for row in payments) / len(payments)
    return values


def _share_of_kind(world: World, kind: str) -> Values:
    values: Values = {}
    for person, rows in _ledgers(world).items():
        debits = _out(rows)
        if len(debits) >= 5:
            part = sum(row["amount"] for row in debits if row["entry_kind"] == kind)
            values[person] = part / sum(row["amount"] for row in debits)
    return values


@reference
def premium_share(world: World) -> Values:
    return _share_of_kind(world, "premium")


@reference
def transferred_out_share(world: World) -> Values:
    return _share_of_kind(world, "transfer_out")


@reference
def round_purchases_share(world: World) -> Values:
    return {
        person: sum(row["account_paid"] % 1000 == 0 for row in rows) / len(rows)
        for person, rows in _purchases(world).items()
    }


@reference
def paid_alone_share(world: World) -> Values:
    return {
        person: sum(row["account_paid"] == row["total_amount"] for row in rows) / len(rows)
        for person, rows in _purchases(world).items()
    }


@reference
def spend_at_one_pharmacy(world: World) -> Values:
    values: Values = {}
    for person, rows in _purchases(world).items():
        places = by(lambda row: row["provider_id"], rows)
        most = max(sum(row["account_paid"] for row in part) for part in places.values())
        values[person] = most / sum(row["account_paid"] for row in rows)
    return values
