"""The features of providers in vectorized pandas, for the benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd
from bench.pandas_features.people import share

CLOSE_DAYS, LEAST_SHARED, MOST_SURPRISAL = 3, 3, 12.0


def provider_features(
    seen: pd.DataFrame,
    net: pd.DataFrame,
    settlements: pd.DataFrame,
    persons: pd.DataFrame,
    providers: pd.DataFrame,
) -> pd.DataFrame:
    """Every feature of the providers but co-presence, by provider_id."""
    undone = settlements["reverses_settlement_id"].notna() | (settlements["total_amount"] < 0)
    gross = undone.groupby(settlements["provider_id"]).agg(["size", "sum"])
    made = gross["size"] - gross["sum"]
    sums = seen.groupby("provider_id")[["settlements", "night", "total", "account", "aid"]].sum()
    count = seen.groupby("provider_id").size()
    pairs = seen.groupby(["provider_id", "person_id"]).size().rename("visits").reset_index()
    patients = pairs.groupby("provider_id").size()
    months = seen[["provider_id", "month", "person_id"]].drop_duplicates().groupby("provider_id").size()
    days = seen.groupby(["provider_id", "day"]).size().groupby(level=0).agg(["size", "max", "median"])
    settled = sums["settlements"]
    return pd.DataFrame(
        {
            "visits_per_patient_month": share(count, months, count),
            "returning_patient_share": share(
                (pairs["visits"] > 1).groupby(pairs["provider_id"]).sum(), patients, patients
            ),
            "busiest_day_ratio": share(days["max"], days["median"], days["size"]),
            "unusual_hours_share": share(sums["night"], settled, settled),
            "reversal_rate": share(gross["sum"], made, made),
            "account_paid_share": share(sums["account"] + sums["aid"], sums["total"], settled),
            "mutual_aid_share": share(sums["aid"], sums["total"], settled),
            "quick_succession_share": _succession(net),
            "same_amount_share": _amounts(net),
            "other_district_share": _origins(pairs, persons, providers),
            "shared_patient_share": share(_in_common(pairs), patients, patients),
            "partner_surprisal": _surprisal(seen, pairs, persons),
        },
        index=gross.index,
    )


def _succession(net: pd.DataFrame) -> pd.Series:
    queue = net[["provider_id", "settled_minute"]].sort_values(["provider_id", "settled_minute"])
    same = queue["provider_id"].eq(queue["provider_id"].shift())
    quick = same & (queue["settled_minute"].diff() <= 2)
    counted = quick.groupby(queue["provider_id"], sort=False).agg(["sum", "size"])
    return share(counted["sum"], counted["size"], counted["size"])


def _amounts(net: pd.DataFrame) -> pd.Series:
    paid = net[net["total_amount"] > 0]
    alike = (
        paid.groupby(["provider_id", paid["total_amount"] // 100]).size().groupby(level=0).agg(["max", "sum"])
    )
    return share(alike["max"], alike["sum"], alike["sum"])


def _origins(pairs: pd.DataFrame, persons: pd.DataFrame, providers: pd.DataFrame) -> pd.Series:
    lives = pairs["person_id"].map(persons.set_index("person_id")["region_code"])
    lies = pairs["provider_id"].map(providers.set_index("provider_id")["district_code"])
    known = lives.notna() & lies.notna()
    away = (lives[known] != lies[known]).groupby(pairs.loc[known, "provider_id"]).agg(["sum", "size"])
    return share(away["sum"], away["size"], away["size"])


def _coded(pairs: pd.DataFrame) -> tuple[pd.DataFrame, pd.Index]:
    codes, names = pd.factorize(pairs["provider_id"])
    return pd.DataFrame({"person": pd.factorize(pairs["person_id"])[0], "code": codes}), pd.Index(names)


def _in_common(pairs: pd.DataFrame) -> pd.Series:
    coded, names = _coded(pairs)
    both = coded.merge(coded, on="person", suffixes=("", "_other"))
    both = both[both["code"] < both["code_other"]]
    shared = both.groupby(["code", "code_other"], sort=False).size()
    most = pd.concat([shared.groupby(level=level).max() for level in (0, 1)]).groupby(level=0).max()
    return most.reindex(range(len(names)), fill_value=0).set_axis(names)


def _surprisal(seen: pd.DataFrame, pairs: pd.DataFrame, persons: pd.DataFrame) -> pd.Series:
    """See features/collusion/provider_pairs.py for the formula."""
    used = pairs.groupby("person_id").size()
    district = used.index.to_series().map(persons.set_index("person_id")["region_code"]).fillna("unknown")
    strata = pd.DataFrame(
        {"district": district, "degree": np.digitize(used, [2, 4, 8, 16])}, index=used.index
    )
    stratum = ["district", "degree"]
    people = pairs.join(strata, on="person_id").groupby(["provider_id", *stratum], as_index=False).size()
    close = _close(seen)
    rate = close.join(strata, on="person_id").groupby(stratum).size() * 1e6
    squares = people.assign(square=people["size"] ** 2).groupby(stratum)[["size", "square"]].sum()
    rate = rate / ((squares["size"] ** 2 - squares["square"]) // 2)
    pair = ["a", "b"]
    counted = close.groupby(pair, as_index=False).size()
    counted = counted[counted["size"] >= LEAST_SHARED].rename(columns={"size": "shared"})
    side_a = people.rename(columns={"provider_id": "a", "size": "people_a"})
    side_b = people.rename(columns={"provider_id": "b", "size": "people_b"})
    parts = counted.merge(side_a, on="a").merge(side_b, on=["b", *stratum])
    parts = parts.join(rate.rename("rate"), on=stratum).dropna(subset="rate")
    part = np.floor(parts["rate"] * parts["people_a"] * parts["people_b"] + 0.5).astype("int64")
    expected = part.groupby([parts["a"], parts["b"]]).sum().rename("expected")
    counted = counted.join(expected, on=pair)
    shared, by_chance = counted["shared"], counted["expected"] / 1e6
    bits = (shared * np.log(shared / by_chance) - shared + by_chance) / np.log(10)
    counted["surprisal"] = bits.where(shared > by_chance, 0.0).clip(upper=MOST_SURPRISAL)
    either = pd.concat([counted.groupby(side)["surprisal"].max() for side in pair])
    most: pd.Series = either.groupby(level=0).max()
    return most.reindex(pairs["provider_id"].unique(), fill_value=0.0)


def _close(seen: pd.DataFrame) -> pd.DataFrame:
    """Person and two providers, a before b, within `CLOSE_DAYS`: joined by day buckets."""
    seen = seen[["person_id", "provider_id", "day"]]
    bucket = seen["day"] // (CLOSE_DAYS + 1)
    later = pd.concat([seen.assign(bucket=bucket - late) for late in (0, 1)])
    both = seen.assign(bucket=bucket).merge(later, on=["person_id", "bucket"], suffixes=("", "_later"))
    apart = both["day_later"] - both["day"]
    both = both[apart.between(0, CLOSE_DAYS) & (both["provider_id"] != both["provider_id_later"])]
    first = both["provider_id"] < both["provider_id_later"]
    return pd.DataFrame(
        {
            "person_id": both["person_id"],
            "a": both["provider_id"].where(first, both["provider_id_later"]),
            "b": both["provider_id_later"].where(first, both["provider_id"]),
        }
    ).drop_duplicates()
