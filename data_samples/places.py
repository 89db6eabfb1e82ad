"""The designated providers of the city: kinds, districts, popularity, staff and agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data_samples.magnitudes import Magnitudes
from data_samples.period import NEVER, Flags, Floats, Ints, Period

PHARMACY, CLINIC, PRIMARY_CARE, HOSPITAL = range(4)


@dataclass
class Places:
    """Arrays over providers.

    Attributes:
        kind, level: indices into `KINDS` and `LEVELS`.
        district: district number.
        latitude, longitude: degrees, five decimals.
        popularity: relative weight within its kind.
        owner: legal representative.
        doctors, counters: how many prescribers and operators work there.
        agreement_from: first day of the agreement.
        pooled_from: day from which the pooled fund pays outpatient care there (`NEVER`: not).
        suspended_from, suspended_to: days without agreement (`NEVER`: none).
        ended: whether the agreement is terminated, not only suspended, from `suspended_from`.
        renewed: first day of a renewed agreement that follows the earlier one without a gap (`NEVER`: none).
    """

    kind: Ints
    level: Ints
    district: Ints
    latitude: Floats
    longitude: Floats
    popularity: Floats
    owner: Ints
    doctors: Ints
    counters: Ints
    agreement_from: Ints
    pooled_from: Ints
    suspended_from: Ints
    suspended_to: Ints
    ended: Flags
    renewed: Ints

    @property
    def count(self) -> int:
        """Number of providers."""
        return len(self.kind)

    def designated(self, provider: Ints, day: Ints) -> Flags:
        """Whether the provider has an agreement in force on the day."""
        away = (day >= self.suspended_from[provider]) & (day <= self.suspended_to[provider])
        return (day >= self.agreement_from[provider]) & ~away


def district_shares(persons: int, sizes: Magnitudes) -> Floats:
    """Share of the population in each district; small cities have fewer districts."""
    providers = persons // sizes["persons_per_provider"]
    count = int(np.clip(providers // sizes["providers_per_district"], 2, sizes["districts"]))
    weights = 1.0 / (1.0 + 0.35 * np.arange(count))
    shares: Floats = weights / weights.sum()
    return shares


def open_places(
    rng: np.random.Generator,
    persons: int,
    districts: Floats,
    period: Period,
    sizes: Magnitudes,
    policy_start: int,
) -> Places:
    """Providers for `persons` people, spread over the districts as the people are."""
    count = max(24, persons // sizes["persons_per_provider"])
    kind = _kinds(count, sizes["kind_shares"])
    district = rng.choice(len(districts), count, p=districts)
    spread = np.arange(len(districts))
    for offset in range(4):
        # Every district has at least one provider of each kind.
        members = np.flatnonzero(kind == offset)[: len(districts)]
        district[members] = spread[: len(members)]
    hospital = kind == HOSPITAL
    level = np.select(
        [hospital & (rng.random(count) < 0.3), hospital, kind == PRIMARY_CARE], [3, 2, 1], default=0
    ).astype(np.int64)
    doctors = np.choose(
        kind,
        [
            rng.integers(1, 3, count),
            rng.integers(1, 4, count),
            rng.integers(5, 11, count),
            _hospital_doctors(rng, count, sizes["hospital_doctors"]),
        ],
    )
    pooled = (kind != PHARMACY) | (rng.random(count) < sizes["pooled_pharmacies"])
    start = np.where(kind == PHARMACY, policy_start + rng.integers(0, 150, count), policy_start)
    angle = district * 2 * np.pi / len(districts)
    return Places(
        kind=kind,
        level=level,
        district=district.astype(np.int64),
        latitude=np.round(32.0 + 0.25 * np.sin(angle) + rng.normal(0, 0.03, count), 5),
        longitude=np.round(120.8 + 0.25 * np.cos(angle) + rng.normal(0, 0.03, count), 5),
        popularity=rng.lognormal(0, sizes["popularity_sigma"], count) * (1 + 4 * (level == 3)),
        owner=_owners(rng, kind, sizes["chained_pharmacies"]),
        doctors=doctors.astype(np.int64),
        counters=np.clip(doctors // 2 + rng.integers(1, 4, count), 2, 12).astype(np.int64),
        agreement_from=min(policy_start, period.first_day) - rng.integers(300, 1800, count),
        pooled_from=np.where(pooled, start, NEVER).astype(np.int64),
        suspended_from=np.full(count, NEVER),
        suspended_to=np.full(count, NEVER),
        ended=np.zeros(count, dtype=bool),
        renewed=np.full(count, NEVER),
    )


def _hospital_doctors(rng: np.random.Generator, count: int, sizes: Magnitudes) -> Ints:
    """Log-normal numbers of doctors."""
    doctors = sizes["median"] * np.exp(sizes["sigma"] * rng.standard_normal(count))
    whole: Ints = np.clip(np.round(doctors), sizes["least"], sizes["most"]).astype(np.int64)
    return whole


def _kinds(count: int, shares: Mapping[str, float]) -> Ints:
    edges = np.cumsum([shares[name] for name in ("pharmacy", "clinic", "primary_care", "hospital")])
    return np.searchsorted(edges, (np.arange(count) + 0.5) / count).astype(np.int64)


def _owners(rng: np.random.Generator, kind: Ints, chained_share: float) -> Ints:
    """Some pharmacies belong to the owner of another."""
    owner = np.arange(len(kind))
    pharmacies = np.flatnonzero(kind == PHARMACY)
    chained = pharmacies[rng.random(len(pharmacies)) < chained_share]
    owner[chained] = rng.choice(pharmacies, len(chained))
    return owner.astype(np.int64)
