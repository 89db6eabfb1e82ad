"""Rates of a person: visits, providers and cost."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.money import FEN_PER_YUAN
from features.registry import feature
from features.visits.exposure import LEAST_COUNT, per_month, share
from features.visits.settlements import NIGHT_FROM, NIGHT_UNTIL

_VISIT = ("person_id", "provider_id", "settled_at")
_ENROLLED = ("person_id", "status", "start_date")


@feature(
    entity="person",
    family="visit_frequency",
    unit="visits per month",
    direction="high",
    needs={"settlements": _VISIT, "enrolments": _ENROLLED},
    view="person_totals",
    en="{value} visits per enrolled month",
    zh="每参保月就诊购药 {value} 次",
)
def visits_per_enrolled_month() -> nw.Expr:
    """Visits (person, provider, day) of a person in the observed period, per enrolled month.

    An honest person scores high with a chronic disease, dialysis, or a course of treatment.
    """
    return per_month("visits")


@feature(
    entity="person",
    family="visit_frequency",
    unit="purchases per month",
    direction="high",
    needs={"settlements": (*_VISIT, "care_type"), "enrolments": _ENROLLED},
    view="person_totals",
    en="{value} pharmacy purchases per enrolled month",
    zh="每参保月药店购药 {value} 笔",
)
def purchases_per_month() -> nw.Expr:
    """Settlements of care type pharmacy of a person in the observed period, per enrolled month.

    An honest person scores high with several chronic drugs, or with small purchases in a shop nearby.
    """
    return per_month("purchases")


@feature(
    entity="person",
    family="visit_frequency",
    unit="yuan per month",
    direction="high",
    needs={"settlements": (*_VISIT, "total_amount"), "enrolments": _ENROLLED},
    view="person_totals",
    en="{value} yuan of cost per enrolled month",
    zh="每参保月费用 {value} 元",
)
def cost_per_month() -> nw.Expr:
    """Total cost of a person's settlements in the observed period, in yuan per enrolled month.

    An honest person scores high after an operation or with an expensive drug.
    """
    return per_month("total") / FEN_PER_YUAN


@feature(
    entity="person",
    family="visit_frequency",
    unit="providers per month",
    direction="high",
    needs={"settlements": _VISIT},
    view="person_totals",
    en="{value} different providers in an average month with visits",
    zh="有就诊的月份平均去过 {value} 家机构",
)
def providers_per_month() -> nw.Expr:
    """Different providers in a month, averaged over the months in which the person had visits.

    Not applicable below five visits. An honest person scores high when referred from place to place for a
    diagnosis, or when work and home lie apart.
    """
    return share("provider_months", "months", of="visits")


@feature(
    entity="person",
    family="visit_frequency",
    unit="share",
    direction="low",
    needs={"settlements": _VISIT},
    view="person_totals",
    en="{value} of the visits are at the provider visited most",
    zh="最常去的机构占就诊次数的 {value}",
)
def main_provider_share() -> nw.Expr:
    """Share of a person's visits that are at the provider visited most; low is shopping around.

    Not applicable below five visits. An honest person scores low who buys wherever the way leads past.
    """
    return share("at_main_provider", "visits")


@feature(
    entity="person",
    family="family_accounts",
    unit="share",
    direction="high",
    needs={"settlements": (*_VISIT, "total_amount", "account_paid")},
    view="person_totals",
    en="{value} of the cost was paid from personal accounts",
    zh="费用的 {value} 由个人账户支付",
)
def account_share_of_spend() -> nw.Expr:
    """Share of a person's total cost that was paid from their own and relatives' accounts.

    Not applicable below five settlements. An honest person scores high who only buys at pharmacies, where
    the pooled fund pays nothing.
    """
    paid = nw.col("account") + nw.col("aid")
    return nw.when((nw.col("settlements") >= LEAST_COUNT) & (nw.col("total") > 0)).then(
        paid / nw.col("total")
    )


@feature(
    entity="person",
    family="visit_frequency",
    unit="share",
    direction="high",
    needs={"settlements": ("person_id", "provider_id", "total_amount", "reverses_settlement_id")},
    view="person_totals",
    reversals="gross",
    en="{value} of the settlements were reversed",
    zh="{value} 的结算后来被冲销",
    not_used="carries no signal in simulated cities (seeds 101-105); the settle-and-refund rule looks closer",
)
def reversal_share() -> nw.Expr:
    """Reversal rows of a person per settlement made, gross.

    Not applicable below five settlements. An honest person scores high when a counter corrects its own
    mistakes, or a treatment is called off.
    """
    return share("undone", "made")


@feature(
    entity="person",
    family="visit_frequency",
    unit="share",
    direction="high",
    minutes=True,
    needs={"settlements": _VISIT},
    view="person_totals",
    en=f"{{value}} of the settlements were made between {NIGHT_FROM}:00 and {NIGHT_UNTIL:02d}:00",
    zh=f"{{value}} 的结算发生在 {NIGHT_FROM}:00 至次日 {NIGHT_UNTIL:02d}:00",
    not_used="carries no signal in simulated cities (seeds 101-105): emergencies are honest",
)
def night_share() -> nw.Expr:
    """Share of a person's settlements that were made from 22:00 to 05:59.

    Not applicable below five settlements. An honest person scores high with emergencies or on night shift.
    """
    return share("night", "settlements")
