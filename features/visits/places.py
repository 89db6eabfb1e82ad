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
