"""References of the co-presence features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from reference.copresence import Meeting, Pair, meetings
from reference.registry import DataSet, Values, reference

from features.collusion.copresence import PARTNER_DAYS


def _related(data: DataSet, first: str, second: str) -> bool:
    """Joined by an authorization, or by an employer that both ever had."""
    authorized = any(
        {row["payer_id"], row["beneficiary_id"]} == {first, second}
        for row in data.rows("family_authorizations")
    )
    employers = [
        {row["employer_id"] for row in data.rows("enrolments") if row["person_id"] == person}
        for person in (first, second)
    ]
    return authorized or bool(employers[0] & employers[1] - {None})


def _registered(data: DataSet, meeting: Meeting) -> bool:
    """Whether a registered context of either person, or of the provider, covers the day."""
    place, first, second, day = meeting
    for row in data.rows("registered_contexts"):
        person, provider = row["person_id"], row["provider_id"]
        if person is None and provider is None:
            continue
        in_time = row["from_day"] <= day and (row["to_day"] is None or day <= row["to_day"])
        if in_time and person in (None, first, second) and provider in (None, place):
            return True
    return False


def _of_strangers(data: DataSet) -> list[Meeting]:
    """Meetings that nothing registered explains, of unrelated pairs that met on enough days."""
    unplanned = [
        meeting
        for meeting, (_, scheduled) in meetings(data).items()
        if not scheduled and not _registered(data, meeting)
    ]
    days: dict[Pair, set[int]] = defaultdict(set)
    for _, first, second, day in unplanned:
        days[first, second].add(day)
    strangers = {pair for pair, met in days.items() if len(met) >= PARTNER_DAYS and not _related(data, *pair)}
    return [meeting for meeting in unplanned if meeting[1:3] in strangers]


def _share(data: DataSet, key: str, what: str, of_key: dict[str, set[Hashable]]) -> Values:
    """How many of the different values among a key's visits are in its set."""
    whole: dict[str, set[Hashable]] = defaultdict(set)
    for row in data.visits:
        whole[row[key]].add(row[what])
    return {name: len(of_key[name]) / len(values) for name, values in whole.items()}


@reference
def repeated_partners(data: DataSet) -> Values:
    partners: dict[str, set[str]] = {row["person_id"]: set() for row in data.visits}
    for _, first, second, _ in _of_strangers(data):
        partners[first].add(second)
        partners[second].add(first)
    return {person: len(others) for person, others in partners.items()}


@reference
def accompanied_days_share(data: DataSet) -> Values:
    together: dict[str, set[Hashable]] = defaultdict(set)
    for _, first, second, day in _of_strangers(data):
        together[first].add(day)
        together[second].add(day)
    return _share(data, "person_id", "day", together)


@reference
def repeated_pairs_share(data: DataSet) -> Values:
    accompanied: dict[str, set[Hashable]] = defaultdict(set)
    for place, first, second, _ in _of_strangers(data):
        accompanied[place] |= {first, second}
    return _share(data, "provider_id", "person_id", accompanied)


@reference
def repeated_pairs_days_share(data: DataSet) -> Values:
    together: dict[str, set[Hashable]] = defaultdict(set)
    for place, _, _, day in _of_strangers(data):
        together[place].add(day)
    return _share(data, "provider_id", "day", together)
