"""The co-presence features in vectorised pandas, for the benchmark."""

from __future__ import annotations

import networkx as nx
import pandas as pd

WINDOW, CROWD, LEAST_DAYS, PARTNER_DAYS = 30, 40, 2, 3


def strangers(net: pd.DataFrame, authorizations: pd.DataFrame, enrolments: pd.DataFrame) -> pd.DataFrame:
    """Meetings outside scheduled care of unrelated pairs that met on three days or more: a, b, provider_id, day."""
    met = _meetings(net)
    days = met[["a", "b", "day"]].drop_duplicates().groupby(["a", "b"]).size()
    often = days[days >= PARTNER_DAYS].index
    pairs = pd.DataFrame(index=often).reset_index()
    related = pd.concat([_relatives(authorizations), _colleagues(pairs, enrolments)])
    unrelated = often.difference(pd.MultiIndex.from_frame(related))
    return met[pd.MultiIndex.from_frame(met[["a", "b"]]).isin(unrelated)]


def _meetings(net: pd.DataFrame) -> pd.DataFrame:
    queue = net[["provider_id", "settled_minute", "person_id"]].assign(
        scheduled=(net["care_type"] == "special_outpatient") & net["programme_code"].notna(),
        provider=pd.factorize(net["provider_id"])[0],
    )
    queue["person"], names = pd.factorize(queue["person_id"], sort=True)
    queue = queue.sort_values(["provider", "settled_minute", "person"], ignore_index=True)
    found = [part for step in range(1, CROWD + 1) if len(part := _apart(queue, step))]
    met = pd.concat(found) if found else _apart(queue, 1)
    key = ["provider_id", "a", "b", "day"]
    days = met[["a", "b", "day"]].drop_duplicates().groupby(["a", "b"])["day"].size()
    met = met[met.set_index(["a", "b"]).index.isin(days[days >= LEAST_DAYS].index)]
    planned = met.groupby(key, as_index=False)["scheduled"].all()
    kept = planned.loc[~planned["scheduled"], key]
    return kept.assign(a=names[kept["a"]], b=names[kept["b"]])


def _apart(queue: pd.DataFrame, step: int) -> pd.DataFrame:
    """Each settlement with the one that many places further along in the queue, where it is near."""
    ahead = queue.shift(-step)
    near = (queue["provider"] == ahead["provider"]) & (
        ahead["settled_minute"] - queue["settled_minute"] <= WINDOW
    )
    one, other = queue[near], queue.iloc[near.to_numpy().nonzero()[0] + step].set_index(queue.index[near])
    first = one["person"] < other["person"]
    both = pd.DataFrame(
        {
            "provider_id": one["provider_id"],
            "a": one["person"].where(first, other["person"]),
            "b": other["person"].where(first, one["person"]),
            "day": one["settled_minute"] // 1440,
            "scheduled": one["scheduled"] & other["scheduled"],
        }
    )
    return both[one["person"] != other["person"]]


def _relatives(authorizations: pd.DataFrame) -> pd.DataFrame:
    payer, beneficiary = authorizations["payer_id"], authorizations["beneficiary_id"]
    first = payer < beneficiary
    return pd.DataFrame({"a": payer.where(first, beneficiary), "b": beneficiary.where(first, payer)})


def _colleagues(pairs: pd.DataFrame, enrolments: pd.DataFrame) -> pd.DataFrame:
    employed = enrolments.loc[
        enrolments["employer_id"].notna(), ["person_id", "employer_id"]
    ].drop_duplicates()
    of_a = pairs.merge(employed.rename(columns={"person_id": "a"}), on="a")
    return of_a.merge(employed.rename(columns={"person_id": "b"}), on=["b", "employer_id"])[["a", "b"]]


def person_company(seen: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    """repeated_partners and accompanied_days_share, by person_id."""
    days = seen[["person_id", "day"]].drop_duplicates().groupby("person_id").size()
    graph = nx.from_pandas_edgelist(met[["a", "b"]].drop_duplicates(), "a", "b")
    partners = pd.Series(dict(graph.degree()), dtype="float64").reindex(days.index, fill_value=0.0)
    sides = [met[[side, "day"]].rename(columns={side: "person_id"}) for side in ("a", "b")]
    together = (
        pd.concat(sides).drop_duplicates().groupby("person_id").size().reindex(days.index, fill_value=0)
    )
    return pd.DataFrame({"repeated_partners": partners, "accompanied_days_share": together / days})


def provider_company(seen: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    """repeated_pairs_share and repeated_pairs_days_share, by provider_id."""
    key = "provider_id"
    people = seen[[key, "person_id"]].drop_duplicates().groupby(key).size()
    days = seen[[key, "day"]].drop_duplicates().groupby(key).size()
    sides = [met[[key, side]].rename(columns={side: "person_id"}) for side in ("a", "b")]
    accompanied = pd.concat(sides).drop_duplicates().groupby(key).size().reindex(people.index, fill_value=0)
    together = met[[key, "day"]].drop_duplicates().groupby(key).size().reindex(days.index, fill_value=0)
    return pd.DataFrame(
        {"repeated_pairs_share": accompanied / people, "repeated_pairs_days_share": together / days}
    )
