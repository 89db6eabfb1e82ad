"""Evidence columns by theme: each function computes its columns for all rows of evidence at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from detection.detectors.cards import Evidence
from detection.proof.evidence import EvidenceRows
from detection.proof.themes import (
    accounts,
    bills,
    entitlement,
    goods,
    others,
    prescribers,
    records,
    stays,
)

__all__ = ["THEMES", "Theme"]


@dataclass(frozen=True)
class Theme:
    """Columns that are computed together.

    Attributes:
        columns: of `detection.proof.columns`.
        compute: a frame with ``row`` and the columns; rows of which nothing is known may be missing.
        evidence: settlements or records.
    """

    columns: tuple[str, ...]
    compute: Callable[[EvidenceRows], pl.DataFrame]
    evidence: Evidence = "settlements"


THEMES: tuple[Theme, ...] = (
    Theme(
        (
            *("care_type", "served_on", "days_late", "admitted", "discharged", "stay_days", "diagnosis"),
            *("prescriber", "prescription", "prescribed_at", "operator", "credential", "channel"),
            *("total", "self_paid", "in_scope", "deductible", "pool_paid", "pool_due", "programme"),
        ),
        bills.bill,
    ),
    Theme(("sex", "age"), bills.patient),
    Theme(("items", "supply_days"), goods.items),
    Theme(("goods",), goods.goods),
    Theme(("repeated_items",), goods.repeated),
    Theme(("limited_items", "last_done", "least_interval"), goods.limited),
    Theme(("stay_provider", "stay_from", "stay_to"), stays.around),
    Theme(("elsewhere_days", "elsewhere_provider", "elsewhere_settlement"), stays.elsewhere),
    Theme(("earlier_stay", "earlier_admitted", "earlier_discharged", "days_between_stays"), stays.before),
    Theme(("died_on", "days_after_death"), entitlement.death),
    Theme(("enrolled_until", "enrolled_again", "enrolment_status"), entitlement.enrolment),
    Theme(("agreement_from", "agreement_to", "agreement_status", "stopped_from"), entitlement.agreement),
    Theme(("policy_from",), entitlement.policy),
    Theme(("prescriber_place",), prescribers.institution),
    Theme(("other_settlement", "other_provider", "other_at", "other_amount"), others.payment),
    Theme(
        ("visit_settlement", "visit_provider", "visit_at", "km", "minutes_between", "here", "there"),
        others.visit,
    ),
    Theme(("pack", "sale_settlement", "sale_provider", "sale_at", "sale_person"), others.sale),
    Theme(("reversal", "reversed_at", "reversal_minutes"), others.reversal),
    Theme(("payer", "relation", "authorized_from", "authorized_to"), accounts.authorization),
    Theme(("credit", "credited_on", "balance"), accounts.balance),
    Theme(("pool_used", "cap"), accounts.used),
    Theme(
        ("entry_kind", "balance_before", "movement", "balance_expected", "balance_recorded"),
        records.entry,
        "records",
    ),
    Theme(("premium_kind", "insured_person"), records.premium, "records"),
    Theme(("accrual_month", "contribution_base", "credit_posted", "credit_due"), records.credit, "records"),
)
