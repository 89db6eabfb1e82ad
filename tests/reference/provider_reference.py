"""References of the features of a provider by itself: its patients, its days, its counter."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from reference.registry import DataSet, Row, Values, at_night, by, reference


def _provider(row: Row) -> str:
    return str(row["provider_id"])


def _net_of_five(data: DataSet) -> dict[str, list[Row]]:
    return {provider: net for provider, net in by(_provider, data.net).items() if len(net) >= 5}


@reference
def visits_per_patient_month(data: DataSet) -> Values:
    values: Values = {}
    for provider, visits in by(_provider, data.visits).items():
        if len(visits) >= 5:
            came = {(row["person_id"], row["settlements"][0]["settled_month"]) for row in visits}
            values[provider] = len(visits) / len(came)
    return values


@reference
def returning_patient_share(data: DataSet) -> Values:
    values: Values = {}
    for provider, visits in by(_provider, data.visits).items():
        patients = by(lambda row: row["person_id"], visits)
        if len(patients) >= 5:
            values[provider] = sum(len(days) >= 2 for days in patients.values()) / len(patients)
    return values


@reference
def busiest_day_ratio(data: DataSet) -> Values:
    values: Values = {}
    for provider, visits in by(_provider, data.visits).items():
        days = [len(rows) for rows in by(lambda row: row["day"], visits).values()]
        if len(days) >= 5:
            values[provider] = max(days) / median(days)
    return values


@reference
def unusual_hours_share(data: DataSet) -> Values:
    return {p: sum(at_night(row) for row in net) / len(net) for p, net in _net_of_five(data).items()}


@reference
def reversal_rate(data: DataSet) -> Values:
    undone = by(_provider, data.undone)
    return {
        provider: len(undone.get(provider, [])) / len(made)
        for provider, made in by(_provider, data.made).items()
        if len(made) >= 5
    }


@reference
def account_paid_share(data: DataSet) -> Values:
    return {
        provider: sum(row["account_paid"] + row["mutual_aid_paid"] for row in net) / total
        for provider, net in _net_of_five(data).items()
        if (total := sum(row["total_amount"] for row in net)) > 0
    }


@reference
def mutual_aid_share(data: DataSet) -> Values:
    return {
        provider: sum(row["mutual_aid_paid"] for row in net) / total
        for provider, net in _net_of_five(data).items()
        if (total := sum(row["total_amount"] for row in net)) > 0
    }


@reference
def quick_succession_share(data: DataSet) -> Values:
    values: Values = {}
    for provider, net in _net_of_five(data).items():
        minutes = sorted(row["settled_minute"] for row in net)
        quick = sum(later - earlier <= 2 for earlier, later in pairwise(minutes))
        values[provider] = quick / len(net)
    return values


@reference
def same_amount_share(data: DataSet) -> Values:
    values: Values = {}
    for provider, net in by(_provider, data.net).items():
        yuan = [row["total_amount"] // 100 for row in net if row["total_amount"] > 0]
        if len(yuan) >= 5:
            values[provider] = max(yuan.count(amount) for amount in yuan) / len(yuan)
    return values


@reference
def other_district_share(data: DataSet) -> Values:
    lies = {row["provider_id"]: row["district_code"] for row in data.rows("providers")}
    values: Values = {}
    for provider, visits in by(_provider, data.visits).items():
        lives = [data.districts.get(person) for person in {row["person_id"] for row in visits}]
        known = [district for district in lives if district is not None]
        if lies.get(provider) is not None and len(known) >= 5:
            values[provider] = sum(district != lies[provider] for district in known) / len(known)
    return values
