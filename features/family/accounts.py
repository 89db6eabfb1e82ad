"""Payer accounts: personal accounts that pay, or may pay, for relatives; identified by their owner."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.visits.people import age_band, known, spend_of


@view(grain="settlement paid in part or whole from a relative's account")
def aid_settlements(coded_settlements: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """Mutual aid, net: payer_id, beneficiary_id, provider_id, day, month, aid and pool in fen."""
    paid = ~nw.col("mutual_aid_payer_id").is_null() & (nw.col("mutual_aid_paid") > 0)
    return (
        coded_settlements.filter(paid)
        .join(person_codes, on="person")
        .join(provider_codes, on="provider")
        .select(
            nw.col("mutual_aid_payer_id").alias("payer_id"),
            nw.col("person_id").alias("beneficiary_id"),
            "provider_id",
            nw.col("settled_day").alias("day"),
            nw.col("settled_month").alias("month"),
            nw.col("mutual_aid_paid").alias("aid"),
            nw.col("pool_paid").alias("pool"),
        )
    )


@view(grain="payer account")
def payer_account_base(aid_settlements: Frame, family_authorizations: Frame) -> Frame:
    """Accounts that are scored: those that paid for a relative or authorized one."""
    return nw.concat(
        [aid_settlements.select("payer_id"), family_authorizations.select("payer_id")], how="vertical"
    ).unique()


@view(grain="payer account")
def payer_account_attributes(
    payer_account_base: Frame, persons: Frame, person_category: Frame, observed: Frame
) -> Frame:
    """Attributes that an account shares with its peers: category and age band of the owner."""
    owner = persons.select(nw.col("person_id").alias("payer_id"), "birth_day")
    category = person_category.select(nw.col("person_id").alias("payer_id"), "person_category")
    return (
        payer_account_base.join(owner, on="payer_id", how="left")
        .join(category, on="payer_id", how="left")
        .join(observed, how="cross")
        .select("payer_id", known("person_category"), age_band("birth_day", "last_day").alias("age_band"))
    )


@view(grain="payer account")
def payer_account_spend(
    aid_settlements: Frame, coded_visits: Frame, person_codes: Frame, payer_account_base: Frame
) -> Frame:
    """Payments of an account, net, in fen: account (for owner and others), and the pool paid with the aid to others."""
    nothing = nw.lit(0).cast(nw.Int64)
    own = (
        coded_visits.group_by("person")
        .agg(nw.col("account").sum())
        .join(person_codes, on="person")
        .select(nw.col("person_id").alias("payer_id"), nothing.alias("pool"), "account", nothing.alias("aid"))
    )
    others = aid_settlements.select("payer_id", "pool", nothing.alias("account"), "aid")
    return spend_of(payer_account_base, nw.concat([own, others], how="vertical"), "payer_id")
