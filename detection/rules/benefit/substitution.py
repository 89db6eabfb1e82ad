"""Common items stand on the bills of far more people of a place than at places of its kind (D11).

Either several items do, or a single one that is also dearer there than elsewhere and than the other bills of the place.

Null: people buy an item as often as at all the other places of the kind, or as those who are treated there for the same
illnesses, whichever is more; gamma-Poisson with the spread of all items at all places. The unit is the person: a
faithful customer counts once. Several items have to stand out together, so that one thing that a place is known for
says nothing, and far more people have to have them than departments and specialties make. A single item is counted in
all months; whether it is dear is compared by ranks of people (`detection.circumstances.bills.dear_items`), and pays for
the number of items that stand out.
Exposure: items of places that most of the others have, too.
Rivals: an assortment of its own (items that few other places have) and registered visits are left out; the months with
most customers of an item are left out, because a wave of illness or a sale ends; illnesses explain their items; what
stands on the same bills as an item that stands out more, such as the materials of a treatment, is one thing with it.
A brand of the house, a wave or a sale is no dearer than other goods; a treatment costs elsewhere what it costs here.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.bills.dear_items import dearness
from detection.circumstances.bills.item_customers import CELL, companions, customers_of_items, items_beyond
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, bills_with
from features.registry import Frame
from models.evidence.combined import rank_surprise
from models.evidence.unit import ALERT, LEAD
from models.evidence.unit import evidence as evidence_of

SEVERAL, DEAR = "items_for_everybody", "dear_item"
_SECOND, _THIRD = 2, 3
_PLACE = ("provider_id", "cause", "observed", "expected", "value")


@dataclass(frozen=True)
class _Measured:
    """What was looked at.

    Attributes:
        lines: from `customers_of_items`.
        items: `CELL` of the items behind the evidence, with cause.
        places: provider_id, cause, observed, expected and value; a place once for each cause.
    """

    lines: pl.DataFrame
    items: pl.DataFrame
    places: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with one of the items that stand out, of the places where several do, or a dear one."""
    measured = _measured(context, thresholds)
    least = int(thresholds.latest("min_people"))
    cases = measured.places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        pl.concat(
            [_bills(measured, cases.filter(pl.col("cause") == cause), cause) for cause in (SEVERAL, DEAR)]
        )
    )


def _bills(measured: _Measured, cases: pl.DataFrame, cause: str) -> pl.LazyFrame:
    of_cases = measured.lines.join(measured.items.filter(pl.col("cause") == cause), on=CELL, how="semi")
    return bills_with(of_cases, cases.select("provider_id", "value"), cause)


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place; observed and expected are customers of the second of its items, or of the dear one."""
    places = _measured(context, thresholds).places
    strongest = places.sort("provider_id", "value", "cause", descending=[False, True, False])
    return nw.from_native(about_providers(strongest.unique("provider_id", keep="first", maintain_order=True)))


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    """The items that stand out and the evidence of their places, for both causes."""
    lines = customers_of_items(context)
    busiest = (int(thresholds.latest("busiest_months")), 0)
    most_rare = float(thresholds.latest("others_percent")) / 100
    outside, counted = items_beyond(lines, busiest=busiest, most_rare=most_rare)
    parts = [_several(lines, outside, thresholds), _dear(lines, counted, thresholds)]
    return _Measured(lines, *(pl.concat(each) for each in zip(*parts, strict=True)))


def _several(
    lines: pl.DataFrame, outside: pl.DataFrame, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Items and places, as in `_Measured`: several items of a place stand out.

    Args:
        lines: from `customers_of_items`.
        outside: from `items_beyond`, without the busiest months.
        thresholds: of the card.
    """
    items = outside.with_columns(stands_out=pl.col("surprise") >= float(thresholds.latest("least_surprise")))
    times = float(thresholds.latest("least_times"))
    apart = items.join(companions(items.filter("stands_out"), lines), on=CELL, how="anti")
    of_peers = [
        _places(part, int(thresholds.latest("min_places")))
        for _, part in apart.sort("places").group_by("places", maintain_order=True)
    ]
    places = pl.concat([_places(items.clear(), 1), *of_peers]).sort("provider_id")
    moderate = pl.col("observed") < times * pl.col("expected")
    value = pl.when(moderate).then(pl.min_horizontal("value", pl.lit(LEAD))).otherwise("value")
    cause = pl.lit(SEVERAL).alias("cause")
    return items.filter("stands_out").select(*CELL, cause), places.with_columns(cause, value=value).select(
        *_PLACE
    )


def _dear(
    lines: pl.DataFrame, counted: pl.DataFrame, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Items and places, as in `_Measured`: one item has far more customers, and is dear there.

    Evidence is that of the number of customers, as far as the item is dear: of the items with so many customers, one
    in ten populations is as dear by chance where evidence is `ALERT`.

    Args:
        lines: from `customers_of_items`.
        counted: from `items_beyond`, in all months.
        thresholds: of the card.
    """
    many = evidence_of(counted["surprise"].to_numpy(), max(counted.height, 1))
    enough = pl.col("provider_id").n_unique().over("places") >= int(thresholds.latest("min_places"))
    times = pl.col("customers") >= float(thresholds.latest("least_times")) * pl.col("expected")
    unusual = counted.with_columns(many=pl.Series(many, dtype=pl.Float64)).filter(
        enough, times, pl.col("many") >= LEAD
    )
    priced = unusual.join(dearness(lines), on=CELL, how="left").sort(CELL)
    dear = evidence_of(priced["dear"].fill_null(0.0).to_numpy(), max(priced.height, 1))
    both = priced.with_columns(dear=pl.Series(dear, dtype=pl.Float64)).filter(pl.col("dear") >= LEAD)
    items = both.with_columns(
        cause=pl.lit(DEAR),
        observed="customers",
        value=pl.min_horizontal("many", pl.col("dear") + (ALERT - LEAD)),
    )
    strongest = items.sort("provider_id", "value", "item_code", descending=[False, True, False])
    places = strongest.unique("provider_id", keep="first", maintain_order=True)
    return items.select(*CELL, "cause"), places.select(*_PLACE)


def _places(items: pl.DataFrame, fewest: int) -> pl.DataFrame:
    """Places of one kind, by their second and third item; none where there are few of them.

    Two items that stand out may be chance, or two things that a place is known for: a third one has to agree, or the
    second one alone be rare among all items of all places.
    """
    ranked = items.sort("provider_id", "surprise", "item_code", descending=[False, True, False])
    place = pl.int_range(pl.len()).over("provider_id")
    second = ranked.filter(place == _SECOND - 1).select(
        "provider_id", "things", "expected", observed="customers", second="surprise"
    )
    third = ranked.filter(place == _THIRD - 1).select("provider_id", third="surprise")
    places = second.join(third, on="provider_id", how="left").sort("provider_id")
    count = items["provider_id"].n_unique()
    if count < fewest:
        places = places.clear()
    things, two = places["things"].to_numpy(), places["second"].to_numpy()
    of_two = rank_surprise(two, _SECOND, things)
    of_three = rank_surprise(places["third"].fill_null(0.0).to_numpy(), _THIRD, things)
    together = evidence_of(np.minimum(of_two, of_three), max(count, 1))
    alone = evidence_of(two, max(items.height, 1))
    value = pl.Series(np.maximum(together, alone), dtype=pl.Float64)
    return places.select("provider_id", "observed", "expected", value=value)
