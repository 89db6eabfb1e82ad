"""Totals of payer accounts: beneficiaries, providers, months and districts of their aid."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.visits.settlements import count


def _each(aid_settlements: Frame, *keys: str) -> Frame:
    return aid_settlements.group_by("payer_id", *keys).agg(nw.col("aid").sum(), count().alias("settlements"))


@view(grain="payer account that paid for a relative")
def payer_aid(aid_settlements: Frame) -> Frame:
    """Payments of an account for others, net.

    Columns: payer_id, aid (fen), settlements, beneficiaries, at_one_provider (fen at the provider with the most),
    most_payers (most accounts that pay for any one of its beneficiaries).
    """
    key = "payer_id"
    pairs = _each(aid_settlements, "beneficiary_id")
    payers = pairs.group_by("beneficiary_id").agg(count().alias("payers"))
    people = (
        pairs.join(payers, on="beneficiary_id")
        .group_by(key)
        .agg(
            nw.col("aid").sum(),
            nw.col("settlements").sum(),
            count().alias("beneficiaries"),
            nw.col("payers").max().alias("most_payers"),
        )
    )
    by_provider = _each(aid_settlements, "provider_id")
    return people.join(
        by_provider.group_by(key).agg(nw.col("aid").max().alias("at_one_provider")), on=key, how="left"
    )


@view(grain="payer account")
def payer_shares(
    payer_account_base: Frame, payer_aid: Frame, coded_visits: Frame, person_codes: Frame
) -> Frame:
    """An account's aid next to its payments for its owner, in fen: aid, own, paid (both), settlements."""
    own = (
        coded_visits.group_by("person")
        .agg(nw.col("account").sum().alias("own"), nw.col("settlements").sum().alias("own_settlements"))
        .join(person_codes.rename({"person_id": "payer_id"}), on="person")
    )
    return (
        payer_account_base.join(own, on="payer_id", how="left")
        .join(payer_aid, on="payer_id", how="left")
        .with_columns(nw.col("own", "own_settlements", "aid", "settlements").fill_null(0))
        .with_columns(
            paid=nw.col("own") + nw.col("aid"), counted=nw.col("own_settlements") + nw.col("settlements")
        )
    )


@view(grain="payer account that paid for a relative")
def payer_months(aid_settlements: Frame) -> Frame:
    """An account's months with mutual aid: months, largest and median aid of a month in fen."""
    return (
        _each(aid_settlements, "month")
        .group_by("payer_id")
        .agg(
            count().alias("months"),
            nw.col("aid").max().alias("largest"),
            nw.col("aid").median().alias("median"),
        )
    )


@view(grain="payer account that paid for a relative whose district is known")
def payer_districts(aid_settlements: Frame, persons: Frame) -> Frame:
    """Number of districts in which an account's beneficiaries live."""
    homes = persons.select(nw.col("person_id").alias("beneficiary_id"), "region_code")
    return (
        aid_settlements.select("payer_id", "beneficiary_id")
        .unique()
        .join(homes.filter(~nw.col("region_code").is_null()), on="beneficiary_id")
        .select("payer_id", "region_code")
        .unique()
        .group_by("payer_id")
        .agg(count().alias("districts"))
    )
