"""Which features each model uses: a plain list in code, versioned by git.

Every registered feature is either in a list, or says why no model uses it (`Feature.not_used`). It is computed and
shown all the same. A feature that the data cannot give, or that too few entities have, is left out of the fit, with
the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from features.registry import Entity, Feature
from models.settings import model_settings

FEATURE_SETS: dict[Entity, tuple[str, ...]] = {
    "person": (
        "accompanied_days_share",
        "account_share_of_spend",
        "busiest_month_visits",
        "busiest_week_visits",
        "cost_per_month",
        "distinct_prescribers",
        "main_provider_share",
        "most_providers_in_a_day",
        "providers_per_month",
        "purchases_per_month",
        "repeated_partners",
        "several_pharmacies_share",
        "visits_per_enrolled_month",
    ),
    "provider": (
        "account_paid_share",
        "busiest_day_ratio",
        "mutual_aid_share",
        "other_district_share",
        "partner_surprisal",
        "quick_succession_share",
        "repeated_pairs_share",
        "returning_patient_share",
        "reversal_rate",
        "shared_patient_share",
        "unusual_hours_share",
    ),
    "payer_account": (
        "aid_per_settlement",
        "authorisation_to_spend_delay",
        "authorised_people",
        "beneficiaries_per_payer",
        "beneficiary_districts",
        "farther_relatives",
        "payers_per_beneficiary",
        "share_at_one_provider",
        "share_spent_by_others",
        "spend_soon_after_credit",
    ),
}
"""Names by entity, in alphabetical order."""


def fitting(
    entity: Entity,
    features: pl.DataFrame,
    declared: Sequence[Feature],
    wanted: Sequence[str] | None = None,
) -> tuple[list[Feature], dict[str, str]]:
    """The declarations of the features that a model of these data uses, by name, and what is left out and why.

    Args:
        entity: kind of entity.
        features: one column per computed feature.
        declared: declarations to choose from.
        wanted: names; those of `FEATURE_SETS` when None.
    """
    names = FEATURE_SETS[entity] if wanted is None else wanted
    used: list[Feature] = []
    left_out: dict[str, str] = {}
    for feature in sorted(declared, key=lambda feature: feature.name):
        name = feature.name
        if name not in names:
            left_out[name] = feature.not_used or "in no list of the models"
        elif name not in features.columns:
            left_out[name] = "not assessable in these data"
        elif too_few := _too_few(features[name]):
            left_out[name] = too_few
        else:
            used.append(feature)
    return used, left_out


def _too_few(values: pl.Series) -> str | None:
    """Why a feature has too few values to compare them; None when it has enough."""
    least, known = model_settings().values.least_peers, int(values.cast(pl.Float64).is_finite().sum())
    if known >= least:
        return None
    return f"known for {known} entities, fewer than {least}" if known else "applies to nobody in these data"
