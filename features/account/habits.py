"""How a person uses their own personal account: its balance, when it is empty, what it pays and where."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import feature
from features.visits.exposure import LEAST_COUNT, share

NOT_USED = (
    "the rule on emptied accounts looks closer at how an account is used; no model was fitted with it yet"
)
_LEDGER = ("account_id", "posted_at", "entry_kind", "amount", "balance_after")
_PURCHASES = ("person_id", "provider_id", "settled_at", "care_type", "total_amount", "account_paid")


@feature(
    entity="person",
    family="personal_account",
    unit="monthly credits",
    direction="low",
    needs={"account_entries": _LEDGER},
    view="account_totals",
    en="the account held {value} monthly credits on average",
    zh="账户平均余额相当于 {value} 个月的划入额",
    not_used=NOT_USED,
)
def balance_in_credits() -> nw.Expr:
    """Average balance of a person's account, over its ledger's entries, in average monthly credits.

    Not applicable to accounts without five monthly credits. Someone honest has a low value whose drugs cost more
    than what is credited; a high one is money that sleeps.
    """
    per_entry = nw.col("balances") * nw.col("credits")
    known = (nw.col("credits") >= LEAST_COUNT) & (nw.col("credited") > 0)
    return nw.when(known).then(per_entry / (nw.col("entries") * nw.col("credited")))


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"account_entries": _LEDGER},
    view="account_totals",
    en="{value} of the payments left less than one yuan on the account",
    zh="支付后余额不足一元的占 {value}",
    not_used=NOT_USED,
)
def emptied_payments_share() -> nw.Expr:
    """Share of an account's payments in settlements after which its balance was below one yuan.

    Not applicable below five payments. Someone honest scores high whose account never pays the whole bill.
    """
    return share("emptied", "payments")


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"account_entries": _LEDGER},
    view="account_totals",
    en="{value} of what left the account paid for insurance",
    zh="账户支出中 {value} 用于缴纳保险费",
    not_used=NOT_USED,
)
def premium_share() -> nw.Expr:
    """Share of what left a person's account that paid insurance premiums, of relatives or of supplementary insurance.

    By amount. Not applicable below five debits. Someone honest scores high who is healthy and pays for a whole family.
    """
    return share("premiums", "debited", of="debits")


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"account_entries": _LEDGER},
    view="account_totals",
    en="{value} of what left the account went to other accounts",
    zh="账户支出中 {value} 转往其他账户",
    not_used=NOT_USED,
)
def transferred_out_share() -> nw.Expr:
    """Share of what left a person's account that was transferred out to another account.

    By amount. Not applicable below five debits. Someone honest scores high after moving to another area.
    """
    return share("transfers", "debited", of="debits")


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"settlements": _PURCHASES},
    view="account_purchases",
    en="of {value} of the purchases the account paid whole tens of yuan",
    zh="购药中账户支付额为整十元的占 {value}",
    not_used=NOT_USED,
)
def round_purchases_share() -> nw.Expr:
    """Share of a person's purchases from the own account of which it paid a whole multiple of ten yuan.

    Not applicable below five such purchases. Someone honest scores high who always buys one drug at a round price.
    """
    return share("round", "purchases")


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"settlements": _PURCHASES},
    view="account_purchases",
    en="the account paid {value} of its purchases to the last cent, alone",
    zh="购药中由账户单独全额支付的占 {value}",
    not_used=NOT_USED,
)
def paid_alone_share() -> nw.Expr:
    """Share of a person's purchases from the own account that it paid alone, without cash and without the fund.

    Not applicable below five such purchases. Someone honest scores high whose account holds plenty.
    """
    return share("alone", "purchases")


@feature(
    entity="person",
    family="personal_account",
    unit="share",
    direction="high",
    needs={"settlements": _PURCHASES},
    view="account_purchases",
    en="{value} of what the account paid at pharmacies went to one of them",
    zh="账户在药店的支出中 {value} 集中在同一家",
    not_used=NOT_USED,
)
def spend_at_one_pharmacy() -> nw.Expr:
    """Share of what a person's own account paid at pharmacies that went to the pharmacy with most of it.

    Not applicable below five purchases from the account. Someone honest scores high who has one pharmacy nearby.
    """
    return share("at_one_pharmacy", "paid", of="purchases")
