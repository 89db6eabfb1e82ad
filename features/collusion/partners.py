"""Providers and their closest partners, and the districts of their patients."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, feature, view
from features.visits.exposure import share
from features.visits.settlements import count

_VISIT = ("person_id", "provider_id", "settled_at")


@view(grain="provider with a net visit")
def provider_partners(
    person_provider: Frame, closest_partners: Frame, coded_pairs: Frame, provider_codes: Frame
) -> Frame:
    """A provider's people, those in common with its closest partner, and the largest surprisal.

    Columns: provider_id, people, shared (0 without a partner), surprisal (0 without a pair).
    """
    key = "provider"
    return (
        person_provider.group_by(key)
        .agg(count().alias("people"))
        .join(closest_partners, on=key, how="left")
        .join(_largest(coded_pairs, "surprisal"), on=key, how="left")
        .with_columns(nw.col("shared").fill_null(0), nw.col("surprisal").fill_null(0.0))
        .join(provider_codes, on=key)
    )


@view(grain="provider that has people in common with another, by code")
def closest_partners(person_provider: Frame) -> Frame:
    """The most people that a provider has in common with any one other: provider, shared."""
    first = person_provider.select("person", nw.col("provider").alias("a"))
    second = person_provider.select("person", nw.col("provider").alias("b"))
    in_common = (
        first.join(second, on="person")
        .filter(nw.col("a") < nw.col("b"))
        .group_by("a", "b")
        .agg(count().alias("shared"))
    )
    return _largest(in_common, "shared")


def _largest(pairs: Frame, column: str) -> Frame:
    """Largest value of a column over the pairs that a provider is on either side of."""
    sides = [pairs.group_by(nw.col(side).alias("provider")).agg(nw.col(column).max()) for side in ("a", "b")]
    return nw.concat(sides, how="vertical").group_by("provider").agg(nw.col(column).max())


@view(grain="provider with patients whose district is known")
def provider_origins(
    person_provider: Frame, person_codes: Frame, provider_codes: Frame, persons: Frame, providers: Frame
) -> Frame:
    """A provider's patients of known district, and those who live in another district than the provider's."""
    homes = persons.select("person_id", "region_code").filter(~nw.col("region_code").is_null())
    districts = providers.select("provider_id", "district_code").filter(~nw.col("district_code").is_null())
    away = (nw.col("region_code") != nw.col("district_code")).cast(nw.Int64)
    return (
        person_provider.select("person", "provider")
        .join(person_codes.join(homes, on="person_id"), on="person")
        .join(provider_codes.join(districts, on="provider_id"), on="provider")
        .group_by("provider_id")
        .agg(count().alias("people"), away.sum().alias("away"))
    )


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs={"settlements": _VISIT},
    view="provider_partners",
    en="{value} of the patients were also patients of one other provider",
    zh="{value} 的患者同时也是另一家机构的患者",
)
def shared_patient_share() -> nw.Expr:
    """Share of a provider's patients who were also patients of its closest partner in the observed period.

    The closest partner is the provider with the most patients in common. Not applicable below five patients. An
    honest pharmacy scores high next to a hospital, and a small provider next to the only large one.
    """
    return share("shared", "people")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="-log10 of the chance",
    direction="high",
    needs={"settlements": _VISIT, "persons": ("region_code",)},
    view="provider_partners",
    en="far more patients in common with one other provider than expected: chance 1 in 10 to the power of {value}",
    zh="与另一家机构的共同患者远多于预期：偶然发生的概率约为 10 的负 {value} 次方",
)
def partner_surprisal() -> nw.Expr:
    """How surprising a provider's most surprising partner is, given district and how many places people use.

    See `features.collusion.provider_pairs` for the formula; 0 when no pair has people enough in common. An
    honest pair scores high when one sends patients to the other: a clinic and its laboratory, a hospital
    and the pharmacy at its gate.
    """
    return nw.col("surprisal")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs={
        "settlements": _VISIT,
        "persons": ("region_code",),
        "providers": ("district_code",),
    },
    view="provider_origins",
    en="{value} of the patients live in another district",
    zh="{value} 的患者居住在其他区县",
)
def other_district_share() -> nw.Expr:
    """Share of a provider's patients of known district who live in another district than the provider's.

    Not applicable below five such patients. An honest provider scores high near the border of a district, at a
    station, or with a specialty found nowhere else.
    """
    return share("away", "people")
