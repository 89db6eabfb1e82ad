"""The features of personal accounts in vectorized pandas, for the benchmark."""

from __future__ import annotations

import pandas as pd
from bench.pandas_features.people import share

PERSON = "person_id"


def account_features(net: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Every feature of the personal accounts, by person_id."""
    return _ledger(entries).join(_purchases(net), how="outer")


def _ledger(entries: pd.DataFrame) -> pd.DataFrame:
    kind, amount = entries["entry_kind"], entries["amount"]
    debit, credit = amount < 0, kind == "monthly_credit"
    payment = debit & kind.isin(["settlement", "mutual_aid"])
    columns = pd.DataFrame(
        {
            PERSON: entries["account_id"],
            "entries": 1,
            "balances": entries["balance_after"],
            "credits": credit.astype("int64"),
            "credited": amount.where(credit, 0),
            "debits": debit.astype("int64"),
            "debited": -amount.where(debit, 0),
            "payments": payment.astype("int64"),
            "emptied": (payment & (entries["balance_after"] < 100)).astype("int64"),
            "premiums": -amount.where(debit & (kind == "premium"), 0),
            "transfers": -amount.where(debit & (kind == "transfer_out"), 0),
        }
    )
    of = columns.groupby(PERSON, sort=False).sum()
    balance = of["balances"] * of["credits"] / (of["entries"] * of["credited"])
    return pd.DataFrame(
        {
            "balance_in_credits": balance.where((of["credits"] >= 5) & (of["credited"] > 0)),
            "emptied_payments_share": share(of["emptied"], of["payments"], of["payments"]),
            "premium_share": share(of["premiums"], of["debited"], of["debits"]),
            "transferred_out_share": share(of["transfers"], of["debited"], of["debits"]),
        }
    )


def _purchases(net: pd.DataFrame) -> pd.DataFrame:
    bought = net[(net["care_type"] == "pharmacy") & (net["account_paid"] > 0)]
    paid = bought["account_paid"]
    by_person = [bought[PERSON]]
    rows = pd.DataFrame(
        {
            "bought": 1,
            "paid": paid,
            "round": (paid % 1000 == 0).astype("int64"),
            "alone": (paid == bought["total_amount"]).astype("int64"),
        }
    )
    of = rows.groupby(by_person, sort=False).sum()
    at_one = paid.groupby([bought[PERSON], bought["provider_id"]]).sum().groupby(level=0).max()
    return pd.DataFrame(
        {
            "round_purchases_share": share(of["round"], of["bought"], of["bought"]),
            "paid_alone_share": share(of["alone"], of["bought"], of["bought"]),
            "spend_at_one_pharmacy": share(at_one, of["paid"], of["bought"]),
        }
    )
