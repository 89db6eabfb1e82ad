"""Rates of a provider: how often its patients come, when, and who pays."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, feature, view
from features.visits.exposure import LEAST_COUNT, share
from features.visits.settlements import NIGHT_FROM, NIGHT_UNTIL, count

_VISIT = ("person_id", "provider_id", "settled_at")


@view(grain="provider with a net visit")
def provider_days(provider_day: Frame, provider_codes: Frame) -> Frame:
    """A provider's days: days (with visits), busiest and median visits of a day."""
    days = provider_day.group_by("provider").agg(
        count().alias("days"),
        nw.col("visits").max().alias("busiest"),
        nw.col("visits").median().alias("median"),
    )
    return days.join(provider_codes, on="provider")


@feature(
    entity="provider",
    family="visit_frequency",
    unit="visits per month",
    direction="high",
    needs={"settlements": _VISIT},
    view="provider_totals",
    en="a patient who comes in a month comes {value} times",
    zh="当月来过的患者平均每月来 {value} 次",
    not_used="chronic care is ordinary: it misled the model in simulated cities (seeds 101-105)",
)
def visits_per_patient_month() -> nw.Expr:
    """Visits at a provider per patient and month in which the patient came.

    Not applicable below five visits. An honest provider scores high with dialysis, infusions or
    rehabilitation.
    """
    return share("visits", "patient_months", of="visits")


@feature(
    entity="provider",
    family="visit_frequency",
    unit="share",
    direction="high",
    needs={"settlements": _VISIT},
    view="provider_totals",
    en="{value} of the patients came on more than one day",
    zh="{value} 的患者不止一天来过",
)
def returning_patient_share() -> nw.Expr:
    """Share of a provider's patients who came on two or more days of the observed period.

    Not applicable below five patients. An honest provider scores high as the only one in a village.
    """
    return share("returning", "patients")


@feature(
    entity="provider",
    family="visit_frequency",
    unit="times its median day",
    direction="high",
    needs={"settlements": _VISIT},
    view="provider_days",
    en="the busiest day had {value} times the visits of the median day",
    zh="最忙一天的就诊量是自身中位日的 {value} 倍",
)
def busiest_day_ratio() -> nw.Expr:
    """Visits on a provider's busiest day over its own median day (of the days with visits).

    Not applicable below five days. An honest provider scores high with a health-check day for an employer, or
    a promotion.
    """
    return nw.when(nw.col("days") >= LEAST_COUNT).then(nw.col("busiest") / nw.col("median"))


@feature(
    entity="provider",
    family="visit_frequency",
    unit="share",
    direction="high",
    minutes=True,
    needs={"settlements": _VISIT},
    view="provider_totals",
    en=f"{{value}} of the settlements were made between {NIGHT_FROM}:00 and {NIGHT_UNTIL:02d}:00",
    zh=f"{{value}} 的结算发生在 {NIGHT_FROM}:00 至次日 {NIGHT_UNTIL:02d}:00",
)
def unusual_hours_share() -> nw.Expr:
    """Share of a provider's settlements that were made from 22:00 to 05:59.

    Not applicable below five settlements. An honest provider scores high with an emergency room, a night
    counter, or a system that settles the day's cases in one go.
    """
    return share("night", "settlements")


@feature(
    entity="provider",
    family="visit_frequency",
    unit="share",
    direction="high",
    needs={"settlements": ("person_id", "provider_id", "total_amount", "reverses_settlement_id")},
    view="provider_totals",
    reversals="gross",
    en="{value} of the settlements were reversed",
    zh="{value} 的结算后来被冲销",
)
def reversal_rate() -> nw.Expr:
    """Reversal rows of a provider per settlement made, gross.

    Not applicable below five settlements. An honest provider scores high while a new counter system is
    settling in.
    """
    return share("undone", "made")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs={"settlements": (*_VISIT, "total_amount", "account_paid")},
    view="provider_totals",
    en="{value} of the turnover was paid from personal accounts",
    zh="营业额的 {value} 由个人账户支付",
)
def account_paid_share() -> nw.Expr:
    """Share of a provider's turnover that was paid from personal accounts, own and relatives'.

    Not applicable below five settlements. An honest pharmacy scores high where the pooled fund does not pay.
    """
    paid = nw.col("account") + nw.col("aid")
    return nw.when((nw.col("settlements") >= LEAST_COUNT) & (nw.col("total") > 0)).then(
        paid / nw.col("total")
    )


@feature(
    entity="provider",
    family="family_accounts",
    unit="share",
    direction="high",
    needs={"settlements": (*_VISIT, "total_amount", "mutual_aid_paid")},
    view="provider_totals",
    en="{value} of the turnover was paid from relatives' accounts",
    zh="营业额的 {value} 由亲属账户共济支付",
)
def mutual_aid_share() -> nw.Expr:
    """Share of a provider's turnover that was paid from the accounts of patients' relatives.

    Not applicable below five settlements. An honest pharmacy scores high next to a school or an old people's
    home.
    """
    return share("aid", "total", of="settlements")
