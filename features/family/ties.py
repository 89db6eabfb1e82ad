"""Who pays for whom: one row per account and person, with what is recorded of the two."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.family.authorizations import PAIR
from features.registry import Frame, view
from features.visits.settlements import count


@view(grain="payer account and person it paid for")
def family_ties(aid_settlements: Frame, family_authorizations: Frame, persons: Frame) -> Frame:
    """Payments and aid (fen, net) of each pair, and what is recorded of both.

    Columns: payer_id, beneficiary_id, payments, aid, ``relation`` (what the person is to the owner; null without
    an authorization, or where authorizations state several), payer_born and user_born (days), payer_sex, user_sex,
    payer_region, user_region.
    """
    paid = aid_settlements.group_by(*PAIR).agg(payments=count(), aid=nw.col("aid").sum())
    stated = (
        family_authorizations.filter(nw.col("relation") != "unknown")
        .group_by(*PAIR)
        .agg(relation=nw.col("relation").min(), relations=nw.col("relation").n_unique())
        .filter(nw.col("relations") == 1)
        .select(*PAIR, "relation")
    )
    owner, user = (
        persons.select(
            nw.col("person_id").alias(key),
            nw.col("birth_day").alias(f"{who}_born"),
            nw.col("sex").alias(f"{who}_sex"),
            nw.col("region_code").alias(f"{who}_region"),
        )
        for key, who in zip(PAIR, ("payer", "user"), strict=True)
    )
    return (
        paid.filter(nw.col("payer_id") != nw.col("beneficiary_id"))
        .join(stated, on=list(PAIR), how="left")
        .join(owner, on="payer_id", how="left")
        .join(user, on="beneficiary_id", how="left")
    )


@view(grain="payer account, provider and person it paid for there")
def family_shops(aid_settlements: Frame) -> Frame:
    """Where the account of each pair paid: payer_id, provider_id, beneficiary_id, payments."""
    return aid_settlements.group_by("payer_id", "provider_id", "beneficiary_id").agg(payments=count())
