"""How many people have each item on their bills at a place, and how many the other places let one expect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from detection.circumstances.registered import explained_visits
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_lines
from models.evidence.counts import fitted_shape, gamma_poisson_surprise

CELL = ["provider_id", "item_code"]
_CARE = ("outpatient", "emergency", "pharmacy")
_GROUP = 3  # characters of a diagnosis that name its group
_MONTH = 30  # days
_UNSEEN = 0.5
_MOST_BILLS = 0.5


def customers_of_items(context: DetectorContext) -> pl.DataFrame:
    """Lines of ordinary care: who had which item where, for which illness, and in which month.

    What a registered context explains is left out, and so are stays and programmes.

    Returns:
        settlement_id, person_id, `CELL`, places (kind of the place), illness (group of the diagnosis, empty where it
        is not known), month (thirty days each), amount, pool, account (fen of the line). Items, kinds and illnesses
        are enumerations in the order of their texts, which take a fraction of the memory.
    """
    explained: pl.LazyFrame = explained_visits(context).to_native()
    settlements: pl.LazyFrame = context.whole.settlements.to_native()
    providers: pl.LazyFrame = context.whole.providers.to_native()
    illness = pl.col("diagnosis_code").str.slice(0, _GROUP).fill_null("")
    places = pl.col("provider_kind").fill_null("")
    items = _kinds(context.whole.charge_lines.to_native().select("item_code"))
    return (
        standing_lines(context)
        .filter(pl.col("care_type").is_in(_CARE), pl.col("item_code").is_not_null())
        .join(
            explained,
            left_on=["person_id", "provider_id", "service_day"],
            right_on=["person_id", "provider_id", "day"],
            how="anti",
        )
        .with_columns(pl.col("item_code").cast(items))
        .join(
            _enumerated(settlements.select("settlement_id", illness=illness)), on="settlement_id", how="left"
        )
        .join(_enumerated(providers.select("provider_id", places=places)), on="provider_id", how="inner")
        .select(
            "settlement_id",
            "person_id",
            *CELL,
            "amount",
            "pool",
            "account",
            "places",
            pl.col("illness").fill_null(""),
            month=pl.col("service_day") // _MONTH,
        )
        .collect(engine="streaming")
    )


def _enumerated(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with an enumeration in place of the texts of the last column."""
    name = rows.collect_schema().names()[-1]
    return rows.with_columns(pl.col(name).cast(_kinds(rows.select(name))))


def _kinds(texts: pl.LazyFrame) -> pl.Enum:
    """The texts of one column in their order, the empty text among them."""
    known = texts.unique().collect(engine="streaming").to_series().drop_nulls()
    return pl.Enum(pl.concat([known, pl.Series(known.name, [""])]).unique().sort())


def items_beyond(lines: pl.DataFrame, *, busiest: Sequence[int], most_rare: float) -> list[pl.DataFrame]:
    """How surprising the customers of each item of each place are, among places of one kind.

    Args:
        lines: from `customers_of_items`.
        busiest: months with most customers of the item at the place that are left out: a wave, a sale; each number
            of them gives a frame.
        most_rare: share of the other places that have to have an item; others belong to an assortment of its own.

    Returns:
        `CELL`, places, customers (outside the busiest months), expected, surprise, things (items of the place); sorted.
    """
    schema = {
        **{name: lines.schema[name] for name in CELL},
        "customers": pl.Int64(),
        "expected": pl.Float64(),
        "surprise": pl.Float64(),
        "things": pl.Int64(),
        "places": pl.String(),
    }
    parts: list[list[pl.DataFrame]] = [[pl.DataFrame(schema=schema)] for _ in busiest]
    bought = lines.select(*CELL, "person_id", "month", "illness", "places")
    for kind in lines["places"].unique().sort():
        of_kind = bought.filter(pl.col("places") == kind).drop("places")
        for frames, each in zip(parts, _of_kind(of_kind, busiest, most_rare), strict=True):
            frames.append(each.with_columns(places=pl.lit(kind)))
    return [pl.concat(frames).sort(CELL) for frames in parts]


def _of_kind(lines: pl.DataFrame, busiest: Sequence[int], most_rare: float) -> Iterator[pl.DataFrame]:
    others = max(lines["provider_id"].n_unique() - 1, 1)
    common = _counts(lines).filter(pl.col("sellers") - 1 >= most_rare * others).sort(CELL)
    expected = common["expected"].to_numpy()
    shape = fitted_shape(common["all"].to_numpy(), expected)
    for months in busiest:
        customers = _outside(common, lines, months) if months else common["all"].alias("customers")
        surprise = gamma_poisson_surprise(customers.to_numpy(), expected, shape)
        yield common.select(
            *CELL,
            customers,
            "expected",
            surprise=pl.Series(np.asarray(surprise), dtype=pl.Float64),
            things=pl.len().over("provider_id").cast(pl.Int64),
        )


def _counts(lines: pl.DataFrame) -> pl.DataFrame:
    """Customers of each item and place: all, expected, sellers (places)."""
    people = lines.unique([*CELL, "person_id"]).group_by(CELL).agg(all=pl.len().cast(pl.Int64))
    return (
        people.join(_expected(people), on=CELL)
        .join(_by_illness(lines), on=CELL)
        .with_columns(expected=pl.max_horizontal("by_others", "by_illness").round(9))
        .select(*CELL, "all", "expected", "sellers")
    )


def _outside(cells: pl.DataFrame, lines: pl.DataFrame, busiest: int) -> pl.Series:
    """Customers of each item and place outside its busiest months, in the order of the cells."""
    months = lines.select(*CELL, "person_id", "month").unique()
    crowded = (
        months.group_by(*CELL, "month")
        .agg(people=pl.len())
        .sort(*CELL, "people", "month", descending=[False, False, True, False])
        .filter(pl.int_range(pl.len()).over(CELL) < busiest)
    )
    outside = (
        months.join(crowded, on=[*CELL, "month"], how="anti")
        .group_by(CELL)
        .agg(customers=pl.col("person_id").n_unique().cast(pl.Int64))
    )
    return cells.join(outside, on=CELL, how="left", maintain_order="left")["customers"].fill_null(0)


def _expected(people: pl.DataFrame) -> pl.DataFrame:
    """Customers that the item's share of all purchases at the other places lets one expect: by_others, sellers."""
    own, item = pl.col("all").sum().over("provider_id"), pl.col("all").sum().over("item_code")
    elsewhere = (item - pl.col("all") + _UNSEEN) / (pl.col("all").sum() - own + 1)
    return people.with_columns(
        by_others=elsewhere * own, sellers=pl.len().over("item_code").cast(pl.Int64)
    ).drop("all")


def _by_illness(lines: pl.DataFrame) -> pl.DataFrame:
    """The same where an illness decides which items its patients have: by_illness."""
    cell = lines.unique([*CELL, "person_id", "illness"]).group_by(*CELL, "illness").agg(own=pl.len())
    kind = cell.group_by("item_code", "illness").agg(item=pl.col("own").sum())
    here = cell.group_by("provider_id", "illness").agg(here=pl.col("own").sum())
    every = cell.group_by("illness").agg(every=pl.col("own").sum())
    sold = cell.select(CELL).unique()
    return (
        sold.join(here, on="provider_id")
        .join(kind, on=["item_code", "illness"])
        .join(every, on="illness")
        .join(cell, on=[*CELL, "illness"], how="left")
        .with_columns(pl.col("own").fill_null(0).cast(pl.Int64))
        .with_columns(
            share=(pl.col("item").cast(pl.Int64) - pl.col("own"))
            / (pl.col("every").cast(pl.Int64) - pl.col("here").cast(pl.Int64) + 1)
        )
        .group_by(CELL)
        .agg(by_illness=(pl.col("share") * pl.col("here")).sort().sum())
    )


def companions(items: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Items that stand out only next to another: most of their bills hold one that stands out more, too.

    What is always billed together, such as a treatment and its materials, is one thing.

    Args:
        items: `CELL` and surprise of the items that stand out.
        lines: from `customers_of_items`.

    Returns:
        `CELL`.
    """
    bills = lines.select("settlement_id", *CELL).unique().join(items.select(*CELL, "surprise"), on=CELL)
    first = (
        bills.sort("settlement_id", "surprise", "item_code", descending=[False, True, False])
        .group_by("settlement_id", maintain_order=True)
        .agg(strongest=pl.col("item_code").first())
    )
    return (
        bills.join(first, on="settlement_id")
        .group_by(CELL)
        .agg(next_to=(pl.col("item_code") != pl.col("strongest")).mean())
        .filter(pl.col("next_to") > _MOST_BILLS)
        .select(CELL)
        .sort(CELL)
    )
