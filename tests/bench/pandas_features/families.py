"""The features of payer accounts in vectorized pandas and networkx, for the benchmark."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from bench.pandas_features.people import share

PAYER = "payer_id"


def payer_features(
    net: pd.DataFrame,
    seen: pd.DataFrame,
    persons: pd.DataFrame,
    authorizations: pd.DataFrame,
    entries: pd.DataFrame,
) -> pd.DataFrame:
    """Every feature of the payer accounts, by payer_id."""
    paid = net["mutual_aid_payer_id"].notna() & (net["mutual_aid_paid"] > 0)
    aid = net.loc[
        paid,
        [
            "mutual_aid_payer_id",
            "person_id",
            "provider_id",
            "settled_day",
            "settled_month",
            "mutual_aid_paid",
        ],
    ].set_axis([PAYER, "beneficiary_id", "provider_id", "day", "month", "aid"], axis=1)
    payers = pd.Index(pd.concat([aid[PAYER], authorizations[PAYER]]).unique(), name=PAYER)
    spent = aid.groupby(PAYER)["aid"].agg(["sum", "size"])
    own = seen.groupby("person_id")[["account", "settlements"]].sum().reindex(payers, fill_value=0)
    for_others = spent.reindex(payers, fill_value=0)
    at_one = aid.groupby([PAYER, "provider_id"])["aid"].sum().groupby(level=0).max()
    months = aid.groupby([PAYER, "month"])["aid"].sum().groupby(level=0).agg(["size", "max", "median"])
    return pd.DataFrame(
        {
            **_people(aid),
            "share_spent_by_others": share(
                for_others["sum"], for_others["sum"] + own["account"], for_others["size"] + own["settlements"]
            ),
            "share_at_one_provider": share(at_one, spent["sum"], spent["size"]),
            "aid_burst": (months["max"] / months["median"]).where(months["size"] >= 3),
            "aid_per_settlement": (spent["sum"] / (spent["size"] * 100)).where(spent["size"] >= 5),
            "beneficiary_districts": _districts(aid, persons),
            "authorisation_to_spend_delay": _delay(aid, authorizations),
            **_authorised(authorizations),
            "spend_soon_after_credit": _after_credit(entries),
        },
        index=payers,
    )


def _people(aid: pd.DataFrame) -> dict[str, pd.Series]:
    """Degrees in the graph of who pays for whom; payers and beneficiaries are nodes of two kinds."""
    pairs = aid[[PAYER, "beneficiary_id"]].drop_duplicates()
    graph = nx.from_pandas_edgelist(
        pd.DataFrame({"payer": "pays " + pairs[PAYER], "beneficiary": pairs["beneficiary_id"]}),
        "payer",
        "beneficiary",
    )
    degree = pd.Series(dict(graph.degree()), dtype="float64")
    pays = degree[degree.index.str.startswith("pays ")]
    most = pairs["beneficiary_id"].map(degree).groupby(pairs[PAYER]).max()
    return {
        "beneficiaries_per_payer": pays.set_axis(pays.index.str.removeprefix("pays ")),
        "payers_per_beneficiary": most,
    }


def _districts(aid: pd.DataFrame, persons: pd.DataFrame) -> pd.Series:
    lives = aid["beneficiary_id"].map(persons.set_index("person_id")["region_code"])
    districts = lives.groupby(aid[PAYER]).nunique()
    return districts.where(districts > 0)


def _delay(aid: pd.DataFrame, authorizations: pd.DataFrame) -> pd.Series:
    pair = [PAYER, "beneficiary_id"]
    since = authorizations.groupby(pair)["valid_from_day"].min()
    used = aid.join(since, on=pair, how="inner")
    delay = used["day"] - used["valid_from_day"]
    return delay[delay >= 0].groupby(used[PAYER]).min()


def _authorised(authorizations: pd.DataFrame) -> dict[str, pd.Series]:
    near = authorizations["relation"].isin(["spouse", "parent", "child"])
    people = near.groupby([authorizations[PAYER], authorizations["beneficiary_id"]]).max()
    by_payer = people.groupby(level=0).agg(["size", "sum"])
    return {"authorised_people": by_payer["size"], "farther_relatives": by_payer["size"] - by_payer["sum"]}


def _after_credit(entries: pd.DataFrame) -> pd.Series:
    key = ["account_id", "posted_day"]
    credited = entries.loc[entries["entry_kind"] == "monthly_credit", key]
    soon = pd.concat([credited.assign(posted_day=credited["posted_day"] + late) for late in range(3)])
    debits = entries[entries["entry_kind"].isin(["settlement", "mutual_aid"]) & (entries["amount"] < 0)]
    days = debits.groupby(key, as_index=False)["amount"].agg(["sum", "size"])
    days = days.merge(soon.drop_duplicates().assign(near=1), on=key, how="left")
    days["soon"] = days["sum"] * days["near"].notna()
    by_account = days.groupby("account_id")[["sum", "size", "soon"]].sum()
    return share(-by_account["soon"], -by_account["sum"], by_account["size"])
