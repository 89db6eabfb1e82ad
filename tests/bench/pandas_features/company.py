"""The co-presence features in vectorized pandas, for the benchmark."""

from __future__ import annotations

import networkx as nx
import pandas as pd

WINDOW, CROWD, LEAST_DAYS, PARTNER_DAYS = 30, 40, 2, 3


def strangers(
    net: pd.DataFrame, authorizations: pd.DataFrame, enrolments: pd.DataFrame, contexts: pd.DataFrame
) -> pd.DataFrame:
    """Unexplained meetings of unrelated pairs that met on three days or more: a, b, provider_id, day."""
    met = _unexplained(_meetings(net), contexts)
    days = met[["a", "b", "day"]].drop_duplicates().groupby(["a", "b"]).size()
    often = days[days >= PARTNER_DAYS].index
    pairs = pd.DataFrame(index=often).reset_index()
    related = pd.concat([_relatives(authorizations), _colleagues(pairs, enrolments)])
    unrelated = often.difference(pd.MultiIndex.from_frame(related))
    return met[pd.MultiIndex.from_frame(met[["a", "b"]]).isin(unrelated)]


def _meetings(net: pd.DataFrame) -> pd.DataFrame:
    person, people = pd.factorize(net["person_id"], sort=True)
    provider, providers = pd.factorize(net["provider_id"])
    queue = pd.DataFrame(
        {
            "provider": provider,
            "minute": net["settled_minute"].to_numpy(),
            "person": person,
            "scheduled": (
                (net["care_type"] == "special_outpatient") & net["programme_code"].notna()
            ).to_numpy(),
        }
    ).sort_values(["provider", "minute", "person"], ignore_index=True)
    met = pd.concat(_apart(queue)).drop_duplicates()
    days = met[["a", "b", "day"]].drop_duplicates().groupby(["a", "b"]).size()
    often = days[days >= LEAST_DAYS].rename("days").reset_index()[["a", "b"]]
    met = met.merge(often, on=["a", "b"])
    # A day counts with any meeting outside scheduled care.
    kept = met.loc[~met["scheduled"], ["provider", "a", "b", "day"]].drop_duplicates()
    return kept.assign(
        provider_id=providers.take(kept["provider"].to_numpy()),
        a=people.take(kept["a"].to_numpy()),
        b=people.take(kept["b"].to_numpy()),
    )


def _unexplained(met: pd.DataFrame, contexts: pd.DataFrame) -> pd.DataFrame:
    """The meetings that no registered context of either person or of the provider covers."""
    met = met.reset_index(drop=True)
    covered = []
    for side in ("a", "b"):
        numbered = met.rename(columns={side: "person_id"}).reset_index(names="meeting")
        for names in (["person_id"], ["provider_id"], ["person_id", "provider_id"]):
            named = (
                contexts[["person_id", "provider_id"]]
                .notna()
                .eq([name in names for name in ("person_id", "provider_id")])
            )
            spans = contexts.loc[named.all(axis=1), [*names, "from_day", "to_day"]]
            both = numbered.merge(spans, on=names)
            in_time = (both["from_day"] <= both["day"]) & ~(both["to_day"] < both["day"])
            covered.append(both.loc[in_time, "meeting"])
    explained = met.index.isin(pd.concat(covered))
    return met.loc[~explained]


def _apart(queue: pd.DataFrame) -> list[pd.DataFrame]:
    """Each settlement with those one position further along in the queue, two positions, ... while any is near."""
    parts = []
    for step in range(1, CROWD + 1):
        near = (queue["provider"].diff(step) == 0) & (queue["minute"].diff(step) <= WINDOW)
        later = near.to_numpy().nonzero()[0]
        first, second = queue.take(later - step).reset_index(), queue.take(later).reset_index()
        both = pd.DataFrame(
            {
                "provider": first["provider"],
                "a": first["person"].clip(upper=second["person"]),
                "b": first["person"].clip(lower=second["person"]),
                "day": first["minute"] // 1440,
                "scheduled": first["scheduled"] & second["scheduled"],
            }
        )
        parts.append(both[first["person"] != second["person"]])
        if not len(later):
            break
    return parts


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
