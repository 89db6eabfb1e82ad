"""References of the visit features of persons."""

from __future__ import annotations

from collections.abc import Callable

from reference.registry import DataSet, Row, Values, at_night, by, months, reference


def _person(row: Row) -> str:
    return str(row["person_id"])


def _per_month(data: DataSet, amount: Callable[[str], float]) -> Values:
    return {
        person: amount(person) / months(days) for person, days in data.enrolled_days.items() if days >= 28
    }


@reference
def visits_per_enrolled_month(data: DataSet) -> Values:
    visits = by(_person, data.visits)
    return _per_month(data, lambda person: len(visits.get(person, [])))


@reference
def purchases_per_month(data: DataSet) -> Values:
    bought = by(_person, [row for row in data.net if row["care_type"] == "pharmacy"])
    return _per_month(data, lambda person: len(bought.get(person, [])))


@reference
def cost_per_month(data: DataSet) -> Values:
    net = by(_person, data.net)
    return _per_month(data, lambda person: sum(row["total_amount"] for row in net.get(person, [])) / 100)


@reference
def providers_per_month(data: DataSet) -> Values:
    values: Values = {}
    for person, visits in by(_person, data.visits).items():
        if len(visits) >= 5:
            in_month = by(lambda row: row["settlements"][0]["settled_month"], visits)
            counts = [len({row["provider_id"] for row in rows}) for rows in in_month.values()]
            values[person] = sum(counts) / len(counts)
    return values


@reference
def main_provider_share(data: DataSet) -> Values:
    values: Values = {}
    for person, visits in by(_person, data.visits).items():
        if len(visits) >= 5:
            places = by(lambda row: row["provider_id"], visits)
            values[person] = max(len(rows) for rows in places.values()) / len(visits)
    return values


@reference
def account_share_of_spend(data: DataSet) -> Values:
    values: Values = {}
    for person, net in by(_person, data.net).items():
        total = sum(row["total_amount"] for row in net)
        if len(net) >= 5 and total > 0:
            values[person] = sum(row["account_paid"] + row["mutual_aid_paid"] for row in net) / total
    return values


@reference
def reversal_share(data: DataSet) -> Values:
    undone = by(_person, data.undone)
    return {
        person: len(undone.get(person, [])) / len(made)
        for person, made in by(_person, data.made).items()
        if len(made) >= 5
    }


@reference
def night_share(data: DataSet) -> Values:
    return {
        person: sum(at_night(row) for row in net) / len(net)
        for person, net in by(_person, data.net).items()
        if len(net) >= 5
    }


def _busiest(data: DataSet, length: int) -> Values:
    values: Values = {}
    for person, visits in by(_person, data.visits).items():
        windows = [
            sum(first <= row["day"] < first + length for row in visits)
            for first in range(data.first_day, data.last_day + 1)
        ]
        values[person] = max(windows)
    return values


@reference
def busiest_week_visits(data: DataSet) -> Values:
    return _busiest(data, 7)


@reference
def busiest_month_visits(data: DataSet) -> Values:
    return _busiest(data, 30)


@reference
def most_providers_in_a_day(data: DataSet) -> Values:
    return {
        person: max(
            len({row["provider_id"] for row in rows}) for rows in by(lambda row: row["day"], visits).values()
        )
        for person, visits in by(_person, data.visits).items()
    }


@reference
def several_pharmacies_share(data: DataSet) -> Values:
    values: Values = {}
    bought = [row for row in data.net if row["care_type"] == "pharmacy"]
    for person, rows in by(_person, bought).items():
        days = by(lambda row: row["settled_day"], rows)
        if len(days) >= 5:
            several = [day for day, sales in days.items() if len({row["provider_id"] for row in sales}) >= 2]
            values[person] = len(several) / len(days)
    return values


@reference
def distinct_prescribers(data: DataSet) -> Values:
    named = [row for row in data.net if row["prescriber_id"] is not None]
    return {
        person: len({row["prescriber_id"] for row in rows}) for person, rows in by(_person, named).items()
    }
