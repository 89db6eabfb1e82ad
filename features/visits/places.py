"""Providers: which are scored, their peers' attributes, and their payments."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.visits.people import known, spend_of


@view(grain="provider")
def provider_base(provider_codes: Frame) -> Frame:
    """Providers that are scored: all with a settlement, reversed or not."""
    return provider_codes.select("provider_id")


@view(grain="provider")
def provider_attributes(provider_base: Frame, providers: Frame) -> Frame:
    """Attributes that a provider shares with its peers: kind, level, district (else pooling area)."""
    return provider_base.join(providers, on="provider_id", how="left").select(
        "provider_id",
        known("provider_kind"),
        known("level"),
        nw.coalesce("district_code", "pooling_area").fill_null("unknown").alias("district"),
    )


@view(grain="provider")
def provider_spend(coded_visits: Frame, provider_codes: Frame) -> Frame:
    """Payments to a provider, net, in fen: pool, and account (patients' own and relatives')."""
    return spend_of(provider_codes, coded_visits, "provider").select("provider_id", "pool", "account")


MILLI = 1000
"""Logarithms are kept in thousandths, as whole numbers: sums of floats differ from run to run."""


@view(grain="provider")
def provider_patient_cost(coded_visits: Frame, provider_codes: Frame) -> Frame:
    """What a provider's patients cost, on a logarithmic scale.

    Columns: patients (those with any cost), log_sum and log_square: sums over patients of the natural logarithm of a
    patient's net fen (pool, account and mutual aid) there, and of its square, in thousandths.
    """
    cost = (nw.col("pool") + nw.col("account") + nw.col("aid")).sum()
    patients = coded_visits.group_by("provider", "person").agg(cost=cost).filter(nw.col("cost") > 0)
    log = nw.col("cost").cast(nw.Float64).log()
    logs = patients.with_columns(
        log=(log * MILLI).round(0).cast(nw.Int64), square=(log * log * MILLI).round(0).cast(nw.Int64)
    )
    sums = logs.group_by("provider").agg(
        patients=nw.len().cast(nw.Int64), log_sum=nw.col("log").sum(), log_square=nw.col("square").sum()
    )
    return (
        provider_codes.join(sums, on="provider", how="left")
        .with_columns(nw.col("patients", "log_sum", "log_square").fill_null(0))
        .select("provider_id", "patients", "log_sum", "log_square")
    )
