"""Providers: who is scored, what makes them comparable, what they were paid."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame, view
from features.visits.people import known, spend_of


@view(grain="provider")
def provider_base(gross_counts: Frame) -> Frame:
    """Providers that are scored: everyone with a settlement, reversed or not."""
    return gross_counts.select("provider_id").unique()


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
def provider_spend(visits: Frame, provider_base: Frame) -> Frame:
    """What a provider was paid, net, in fen: pool, and account (patients' own and relatives')."""
    return spend_of(provider_base, visits, "provider_id")
