"""The features of persons in vectorized pandas, for the benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd

MONEY = ["total_amount", "pool_paid", "account_paid", "mutual_aid_paid"]
COUNTED = ["settlements", "purchases", "night", "total", "account", "aid"]


def net_settlements(settlements: pd.DataFrame) -> pd.DataFrame:
    """Settlements net of reversals; only reversed settlements are looked up."""
    back = settlements["reverses_settlement_id"].notna()
    undone = settlements[back].groupby("reverses_settlement_id", sort=False)[MONEY].sum()
    net = settlements[~(back | (settlements["total_amount"] < 0))].copy()
    net["mutual_aid_paid"] = net["mutual_aid_paid"].fillna(0).astype("int64")
    touched = net["settlement_id"].isin(undone.index)
    net.loc[touched, MONEY] += undone.loc[net.loc[touched, "settlement_id"]].to_numpy(dtype="int64")
    return net[~(touched & (net["total_amount"] <= 0))]


def visits(net: pd.DataFrame) -> pd.DataFrame:
    """One row per person, provider and day."""
    hour = net["settled_minute"] // 60 % 24
    named = net.assign(
        purchases=(net["care_type"] == "pharmacy").astype("int64"),
        night=((hour >= 22) | (hour < 6)).astype("int64"),
        settlements=1,
    ).rename(
        columns={
            "settled_day": "day",
            "settled_month": "month",
            "total_amount": "total",
            "account_paid": "account",
            "mutual_aid_paid": "aid",
        }
    )
    return named.groupby(["person_id", "provider_id", "day", "month"], as_index=False, sort=False)[
        COUNTED
    ].sum()


def exposure(enrolments: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Enrolled days inside the observed period, overlaps merged by the running largest end."""
    active = enrolments[~enrolments["status"].isin(["suspended", "terminated"])]
    start = active["start_day"].clip(lower=first)
    end = active["end_day"].fillna(last).clip(upper=last).astype("int64") + 1
    spans = pd.DataFrame({"person_id": active["person_id"], "start": start, "end": end})
    spans = spans[spans["end"] > spans["start"]].sort_values(["person_id", "start"])
    covered = spans.groupby("person_id")["end"].cummax()
    before = covered.groupby(spans["person_id"]).shift().fillna(first)
    fresh = (spans["end"] - np.maximum(spans["start"], before)).clip(lower=0)
    return fresh.groupby(spans["person_id"]).sum()


def share(part: pd.Series, whole: pd.Series, counted: pd.Series) -> pd.Series:
    """``part / whole`` where at least five are counted and there is something to divide by."""
    return (part / whole).where((counted >= 5) & (whole > 0))


def busiest(days: pd.DataFrame, length: int) -> pd.Series:
    """Most visits of a person in ``length`` consecutive days, by a sweep line."""
    off = days.assign(day=days["day"] + length, providers=-days["providers"])
    steps = pd.concat([days, off]).groupby(["person_id", "day"])["providers"].sum()
    running = steps.groupby(level=0, sort=False).cumsum()
    return running.groupby(level=0, sort=False).max()


def person_features(
    seen: pd.DataFrame, net: pd.DataFrame, settlements: pd.DataFrame, enrolled: pd.Series
) -> pd.DataFrame:
    """Every feature of the persons but co-presence, by person_id."""
    undone = settlements["reverses_settlement_id"].notna() | (settlements["total_amount"] < 0)
    gross = undone.groupby(settlements["person_id"]).agg(["size", "sum"])
    people = gross.index
    sums = seen.groupby("person_id")[COUNTED].sum().reindex(people, fill_value=0)
    count = seen.groupby("person_id").size().reindex(people, fill_value=0)
    per_month = (1461 / (enrolled.where(enrolled >= 28) * 48)).reindex(people)
    at_one = seen.groupby(["person_id", "provider_id"], sort=False).size()
    in_month = seen[["person_id", "month", "provider_id"]].drop_duplicates()
    months = in_month.groupby(["person_id", "month"], sort=False).size().groupby(level=0).agg(["size", "sum"])
    made = gross["size"] - gross["sum"]
    features = pd.DataFrame(
        {
            "visits_per_enrolled_month": count * per_month,
            "purchases_per_month": sums["purchases"] * per_month,
            "cost_per_month": sums["total"] * per_month / 100,
            "providers_per_month": share(months["sum"], months["size"], count),
            "main_provider_share": share(at_one.groupby(level=0).max(), count, count),
            "account_share_of_spend": share(
                sums["account"] + sums["aid"], sums["total"], sums["settlements"]
            ),
            "reversal_share": share(gross["sum"], made, made),
            "night_share": share(sums["night"], sums["settlements"], sums["settlements"]),
            "distinct_prescribers": _prescribers(net),
        },
        index=people,
    )
    return features.join(_days(seen))


def _prescribers(net: pd.DataFrame) -> pd.Series:
    named = net.loc[net["prescriber_id"].notna(), ["person_id", "prescriber_id"]].drop_duplicates()
    return named.groupby("person_id").size()


def _days(seen: pd.DataFrame) -> pd.DataFrame:
    pharmacy = (seen["purchases"] > 0).astype("int64")
    keyed = seen[["person_id", "day"]].assign(providers=1, pharmacies=pharmacy)
    days = keyed.groupby(["person_id", "day"], as_index=False, sort=False).sum()
    bought = days[days["pharmacies"] > 0].groupby("person_id")["pharmacies"]
    several = (days["pharmacies"] > 1).groupby(days["person_id"]).sum()
    purchase_days = bought.size()
    steps = days[["person_id", "day", "providers"]]
    return pd.DataFrame(
        {
            "busiest_week_visits": busiest(steps, 7),
            "busiest_month_visits": busiest(steps, 30),
            "most_providers_in_a_day": days.groupby("person_id")["providers"].max(),
            "several_pharmacies_share": share(several, purchase_days, purchase_days),
        }
    )
