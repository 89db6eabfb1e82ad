"""Pairs of providers that share people, on sorted arrays and sparse matrices instead of self-joins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from features.collusion.partners import closest_partners
from features.collusion.provider_pairs import CLOSE_DAYS, close_pairs
from features.registry import kernel
from features.visits.groups import grouped

Ints = npt.NDArray[np.int32]
_PAIR = {"person": pl.Int32(), "a": pl.Int32(), "b": pl.Int32()}


@kernel(close_pairs)
def close_pairs_on_arrays(coded_visits: pl.LazyFrame) -> pl.LazyFrame:
    """`close_pairs`: each visit is compared with the person's next visits, one after another, while they are close.

    Args:
        coded_visits: person, provider, day and more.
    """
    visits = coded_visits.select("person", "day", "provider").collect()
    order = grouped(visits["person"], visits["day"], visits["provider"]).order
    ordered = visits if order is None else visits[order]
    person, day, provider = (ordered[name].to_numpy() for name in ("person", "day", "provider"))
    parts = [pl.DataFrame(schema=_PAIR)]
    close = np.arange(len(person))
    for step in range(1, len(person)):
        close = close[close + step < len(person)]
        later = close + step
        near = (person[later] == person[close]) & (day[later] - day[close] <= CLOSE_DAYS)
        close, later = close[near], later[near]  # visits that are not near at one step are not near at two
        if not len(close):
            break
        parts.append(_pairs(person[close], provider[close], provider[later]))
    pairs = pl.concat(parts)
    each = grouped(*pairs.get_columns())
    return pl.LazyFrame({name: each.first(pairs[name]) for name in pairs.columns}, schema=_PAIR)


def _pairs(person: Ints, first: Ints, second: Ints) -> pl.DataFrame:
    apart = first != second
    columns = {"person": person, "a": np.minimum(first, second), "b": np.maximum(first, second)}
    return pl.DataFrame({name: column[apart] for name, column in columns.items()}, schema=_PAIR)


@kernel(closest_partners)
def closest_partners_by_product(person_provider: pl.LazyFrame) -> pl.LazyFrame:
    """`closest_partners`: people in common are the product of the person-provider matrix with itself.

    Args:
        person_provider: person, provider and more.
    """
    pairs = person_provider.select("person", "provider").collect()
    people, providers = (pairs[name].to_numpy() for name in ("person", "provider"))
    shape = (
        int(people.max(initial=-1)) + 2,
        int(providers.max(initial=-1)) + 2,
    )  # scipy has no empty matrices
    seen = sparse.csr_array((np.ones(len(pairs), dtype=np.int64), (people, providers)), shape=shape)
    common = (seen.T @ seen).tocoo()
    apart = common.row != common.col
    shared = np.zeros(seen.shape[1], dtype=np.int64)
    np.maximum.at(shared, common.row[apart], common.data[apart])
    partnered = np.flatnonzero(shared)
    return pl.LazyFrame(
        {"provider": partnered, "shared": shared[partnered]},
        schema={"provider": pl.Int32(), "shared": pl.Int64()},
    )
