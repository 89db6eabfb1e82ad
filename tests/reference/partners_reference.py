"""References of the features of providers and their partners."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations

from reference.registry import DataSet, Values, by, reference

Pair = tuple[str, str]
Stratum = tuple[str, int]


@reference
def shared_patient_share(data: DataSet) -> Values:
    patients: dict[str, set[str]] = defaultdict(set)
    for row in data.visits:
        patients[row["provider_id"]].add(row["person_id"])
    return {
        name: max((len(own & patients[other]) for other in patients if other != name), default=0) / len(own)
        for name, own in patients.items()
        if len(own) >= 5
    }


def _close_pairs(data: DataSet) -> set[tuple[str, Pair]]:
    """Person, and two providers (in alphabetical order) that the person was at within three days."""
    pairs: set[tuple[str, Pair]] = set()
    for person, visits in by(lambda row: str(row["person_id"]), data.visits).items():
        for visit, other in combinations(visits, 2):
            if visit["provider_id"] != other["provider_id"] and abs(visit["day"] - other["day"]) <= 3:
                first, second = sorted((visit["provider_id"], other["provider_id"]))
                pairs.add((person, (first, second)))
    return pairs


def _strata(data: DataSet) -> dict[str, Stratum]:
    """District, and how many of 2, 4, 8, 16 the number of the person's providers reaches."""
    strata: dict[str, Stratum] = {}
    for person, visits in by(lambda row: str(row["person_id"]), data.visits).items():
        providers = len({row["provider_id"] for row in visits})
        degree = sum(providers >= least for least in (2, 4, 8, 16))
        strata[person] = (data.districts.get(person) or "unknown", degree)
    return strata


def _people(data: DataSet, strata: dict[str, Stratum]) -> dict[Stratum, Counter[str]]:
    """By stratum, how many of its people were seen at each provider."""
    people: dict[Stratum, Counter[str]] = defaultdict(Counter)
    for person, provider in {(row["person_id"], row["provider_id"]) for row in data.visits}:
        people[strata[person]][provider] += 1
    return people


@reference
def partner_surprisal(data: DataSet) -> Values:
    strata = _strata(data)
    people = _people(data, strata)
    close = _close_pairs(data)
    counted = Counter(pair for _, pair in close)
    in_stratum = Counter(strata[person] for person, _ in close)
    best: Values = {row["provider_id"]: 0.0 for row in data.visits}
    for (first, second), shared in counted.items():
        if shared < 3:
            continue
        expected = 0
        for stratum, seen in people.items():
            products = sum(seen[a] * seen[b] for a, b in combinations(seen, 2))
            if products:
                rate = in_stratum[stratum] * 1e6 / products
                expected += math.floor(rate * seen[first] * seen[second] + 0.5)
        surprisal = min(_surprisal(shared, expected / 1e6), 12)
        for provider in (first, second):
            best[provider] = max(best[provider] or 0.0, surprisal)
    return best


def _surprisal(shared: int, expected: float) -> float:
    if shared <= expected:
        return 0.0
    return (shared * math.log(shared / expected) - shared + expected) / math.log(10)
