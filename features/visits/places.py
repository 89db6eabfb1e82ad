"""Providers: who is scored, what makes them comparable, what they were paid."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame, view
from features.visits.people import known, spend_of


@view(grain="provider")
def provider_base(provider_codes: Frame) -> Frame:
    """Providers that are scored: everyone with a settlement, reversed or not."""
    return provider_codes.select("provider_id")


@view(grain="provider")
def provider_attributes(provider_base: Frame, providers: Frame) -> Frame:
    """What a provider's peers have in common: kind, level, district (the pooling area where none is given)."""
    return provider_base.join(providers, on="provider_id", how="left").select(
        "provider_id",
        known("provider_kind"),
        known("level"),
        nw.coalesce("district_code", "pooling_area").fill_null("unknown").alias("district"),
    )


@view(grain="provider")
def provider_spend(coded_visits: Frame, provider_codes: Frame) -> Frame:
    """What a provider was paid, net, in fen: pool, and account (patients' own and relatives')."""
    return spend_of(provider_codes, coded_visits, "provider").select("provider_id", "pool", "account")
