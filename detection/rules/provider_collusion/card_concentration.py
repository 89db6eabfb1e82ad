"""The same group of cards used together at one provider, on several days (D07).

Many people in a short time are lawful: a market day, an employer's check-up. Only the *same* group coming
back is evidence, so the rule counts, for each person and day, the partners who were within minutes of
them then and on other days too, each time for much the same amount. Visits in a registered context, scheduled
programme care, colleagues and recorded relatives are left out before.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import networkx as nx
import polars as pl

from detection.circumstances.registered import explained_visits
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.collusion.copresence import with_relation
from features.registry import Frame

_VISIT = ["provider_id", "person_id", "day"]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements of a group's members on the days on which enough of the group were there together.

    People meet when they are settled for within minutes of each other, for amounts that are alike. Left
    out before anything is counted: visits in a registered context, scheduled programme care, and meetings
    of people with an employer or a recorded relation in common.
    """
    days, persons = int(thresholds.latest("min_days")), int(thresholds.latest("min_persons"))
    met = _meetings(
        context, int(thresholds.latest("window_minutes")), int(thresholds.latest("alike_percent"))
    )
    repeated = met.filter(nw.len().over("provider_id", "person_id", "partner_id") >= days)
    in_company = repeated.filter(nw.len().over(*_VISIT) >= persons - 1)
    back = in_company.filter(nw.col("day").n_unique().over("provider_id", "person_id") >= days)
    returned: pl.LazyFrame = back.to_native()
    groups = _groups(returned.collect(), persons)
    settled = context.views["net_settlements"].rename({"settled_day": "day"})
    evidence = settled.join(nw.from_native(groups.lazy()), on=_VISIT, how="inner").join(
        context.assessable.settlements.select("settlement_id"), on="settlement_id", how="semi"
    )
    return evidence.with_columns(cause=_cause(), strength=_strength()).select(
        "settlement_id",
        "provider_id",
        "group_id",
        "cause",
        "strength",
        nw.col("provider_id").alias("subject_id"),
    )


def _meetings(context: DetectorContext, minutes: int, percent: int) -> Frame:
    """Unexplained meetings from both sides: provider_id, person_id, partner_id, day; a row each."""
    met = context.views["co_presence_pairs"].filter(~nw.col("scheduled"), nw.col("minutes_apart") <= minutes)
    pairs = met.select("person_a", "person_b").unique()
    related = with_relation(pairs, context.views["recorded_relatives"], context.whole.enrolments)
    strangers = related.filter(nw.col("relation") == "none").select("person_a", "person_b")
    met = met.join(strangers, on=["person_a", "person_b"], how="semi")
    explained = explained_visits(context)
    for side in ("person_a", "person_b"):
        met = met.join(explained.rename({"person_id": side}), on=["provider_id", side, "day"], how="anti")
    met = _alike(met, context.views["visits"], percent)
    sides = (("person_a", "person_b"), ("person_b", "person_a"))
    return nw.concat(
        [
            met.select(
                "provider_id", "day", nw.col(first).alias("person_id"), nw.col(second).alias("partner_id")
            )
            for first, second in sides
        ]
    )


def _alike(met: Frame, visits: Frame, percent: int) -> Frame:
    """Meetings of two whose totals of the day differ by no more than a share of the larger one."""
    for side in ("person_a", "person_b"):
        spent = visits.select(
            "provider_id", "day", nw.col("person_id").alias(side), nw.col("total").alias(f"{side}_fen")
        )
        met = met.join(spent, on=["provider_id", side, "day"], how="inner")
    first, second = nw.col("person_a_fen"), nw.col("person_b_fen")
    return met.filter((first - second).abs() * 100 <= nw.max_horizontal(first, second) * percent)


def _groups(back: pl.DataFrame, persons: int) -> pl.DataFrame:
    """Members' visits with their group's name: the member who came first, so that a later run names it the same."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    visits = back.select(_VISIT).unique().sort("day", "person_id")
    members = set(visits.select("provider_id", "person_id").iter_rows())
    pairs = back.select("provider_id", "person_id", "partner_id").unique()
    graph.add_edges_from(
        ((provider, first), (provider, second))
        for provider, first, second in pairs.iter_rows()
        if (provider, second) in members
    )
    came = visits.select("provider_id", "person_id").unique(maintain_order=True).iter_rows()
    order = {member: number for number, member in enumerate(came)}
    named = [
        (provider, person, min(group, key=order.__getitem__)[1])
        for group in nx.connected_components(graph)
        if len(group) >= persons
        for provider, person in group
    ]
    schema = dict.fromkeys(("provider_id", "person_id", "group_id"), pl.String())
    return visits.join(pl.DataFrame(named, schema=schema, orient="row"), on=["provider_id", "person_id"])


def _cause() -> nw.Expr:
    """Only personal accounts paid, or the pooled fund too."""
    return nw.when(nw.col("pool_paid") == 0).then(nw.lit("accounts_only")).otherwise(nw.lit("pooled_too"))


def _strength() -> nw.Expr:
    """Settlements of the group, those that only accounts paid counted twice."""
    twice = (nw.col("pool_paid") == 0).cast(nw.Int64)
    return (1 + twice).sum().over("provider_id", "group_id").cast(nw.Float64)
