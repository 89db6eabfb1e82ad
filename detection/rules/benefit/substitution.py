"""Several common items stand on the bills of far more people of a place than at places of its kind (D11).

Null: people buy an item as often as at all the other places of the kind, or as those who are treated there for the same
illnesses, whichever is more; gamma-Poisson with the spread of all items at all places. The unit is the person: a
faithful customer counts once. Several items have to stand out together, so that one thing that a place is known for
says nothing, and far more people have to have them than departments and specialties make.
Exposure: items of places that most of the others have, too.
Rivals: an assortment of its own (items that few other places have) and registered visits are left out; the months with
most customers of an item are left out, because a wave of illness or a sale ends; illnesses explain their items; what
stands on the same bills as an item that stands out more, such as the materials of a treatment, is one thing with it.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.bills.item_customers import CELL, companions, customers_of_items, items_beyond
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, bills_with
from features.registry import Frame
from models.evidence.combined import rank_surprise
from models.evidence.unit import ALERT, LEAD
from models.evidence.unit import evidence as evidence_of

_SECOND, _THIRD = 2, 3


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with one of the items that stand out, of the places where several do."""
    lines, items, places = _measured(context, thresholds)
    least = int(thresholds.latest("min_people"))
    cases = places.filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    of_cases = lines.join(items.filter("stands_out"), on=CELL, how="semi")
    return nw.from_native(bills_with(of_cases, cases.select("provider_id", "value"), "items_for_everybody"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place; observed and expected are customers of the second of its items."""
    return nw.from_native(about_providers(_measured(context, thresholds)[2]))


@remembered
def _measured(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Lines, items of places with ``stands_out``, and places with value, observed and expected."""
    lines = customers_of_items(context)
    items = items_beyond(
        lines,
        busiest=int(thresholds.latest("busiest_months")),
        most_rare=float(thresholds.latest("others_percent")) / 100,
    ).with_columns(stands_out=pl.col("surprise") >= float(thresholds.latest("least_surprise")))
    times = float(thresholds.latest("least_times"))
    apart = items.join(companions(items.filter("stands_out"), lines), on=CELL, how="anti")
    of_peers = [
        _places(part, int(thresholds.latest("min_places")))
        for _, part in apart.sort("places").group_by("places", maintain_order=True)
    ]
    places = pl.concat([_places(items.clear(), 1), *of_peers]).sort("provider_id")
    moderate = pl.col("observed") < times * pl.col("expected")
    value = pl.when(moderate).then(pl.min_horizontal("value", pl.lit(LEAD))).otherwise("value")
    return lines, items, places.with_columns(value=value)


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
