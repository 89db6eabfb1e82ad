"""People who keep meeting, with lawful reasons: computed once for the cards of batches and of rings.

Read are settlements that count after reversals, without stays, without care whose day a programme sets, and without
visits in a registered context.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.registered import explained_visits
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.networks.reasons import ReasonBounds, reasons_of
from features.engine import collect
from models.communities import communities, families
from models.evidence.unit import ALERT, MOST
from models.meetings.bounds import Bounds
from models.meetings.pairs import PAIR, unexpected_pairs
from models.meetings.proof import Groups, Proof
from models.meetings.series import by_clock
from models.meetings.slots import Slots, slot, slotted


@dataclass(frozen=True)
class Meetings:
    """Groups that chance does not explain, by number.

    Attributes:
        slots: visits of the groups' people.
        choices: provider, slots: how many slots with visits each provider has.
        groups: as proven; people by code.
        cases: group, batch, members, evidence (after reasons; 0 where one explains the group) and the reasons'
            measures.
        rows: group, settlement_id, person_id, provider_id, person, provider, day, slot of the members' settlements
            in the group's slots.
    """

    slots: Slots
    choices: pl.DataFrame
    groups: Groups
    cases: pl.DataFrame
    rows: pl.DataFrame

    def shown(self, *, batch: bool) -> pl.DataFrame:
        """Rows of the groups that are alerts, with their `evidence`: of batches, or of all others."""
        alerts = self.cases.filter(pl.col("batch") == batch, pl.col("evidence") >= ALERT)
        return self.rows.join(alerts.select("group", "evidence"), on="group", maintain_order="left")


def meetings(context: DetectorContext, thresholds: StatisticalThresholds) -> Meetings:
    """The groups of a data set; the same views and thresholds are computed once."""
    bounds = Bounds(**{field.name: thresholds.latest(field.name) for field in fields(Bounds)})
    weighed = ReasonBounds(**{field.name: thresholds.latest(field.name) for field in fields(ReasonBounds)})
    return _meetings(context, bounds, weighed)


@remembered
def _meetings(context: DetectorContext, bounds: Bounds, weighed: ReasonBounds) -> Meetings:
    visits = _visits(context)
    slots = slotted(visits, bounds.crowd)
    relatives = _relatives(context)
    proposed = communities(unexpected_pairs(slots, relatives, bounds))
    members = pl.DataFrame(
        [(group, person) for group, people in enumerate(proposed) for person in people],
        schema={"group": pl.Int64, "person": pl.Int32},
        orient="row",
    )
    proof = Proof(slots, bounds)
    timed = visits.join(slots.widths, on="provider").with_columns(slot=slot())
    groups, clocks = by_clock(proof.prove(members), timed, proof, bounds)
    groups = _large(groups, relatives, bounds)
    rows = _rows(context, groups, slots)
    cases = clocks.join(groups.evidence, on="group").join(
        groups.people.group_by("group").agg(members=pl.len().cast(pl.Int64)), on="group"
    )
    measured = reasons_of(context, rows, weighed)
    lowered = pl.col("evidence") - weighed.lower_by * pl.col("reasons")
    most = pl.when("company").then(weighed.weak_evidence).otherwise(MOST)
    return Meetings(
        slots.of(groups.people["person"]),
        slots.attendance.group_by("provider").agg(slots=pl.col("slot").n_unique()),
        groups,
        cases.join(measured, on="group").with_columns(
            evidence=pl.when(pl.col("explained"))
            .then(0.0)
            .otherwise(pl.min_horizontal(lowered.clip(0.0), most))
            .round(6)
        ),
        rows,
    )


def _visits(context: DetectorContext) -> pl.DataFrame:
    """Visits that may be a meeting: person, provider (codes), day, minute."""
    settled = context.views["net_settlements"].filter(
        ~nw.col("care_type").is_in(["inpatient", "special_outpatient"]) | nw.col("care_type").is_null()
    )
    explained = explained_visits(context).rename({"day": "settled_day"})
    unexplained = settled.join(explained, on=["person_id", "provider_id", "settled_day"], how="anti")
    return collect(
        unexplained.select(
            "person",
            "provider",
            nw.col("settled_day").alias("day"),
            nw.col("settled_minute").alias("minute"),
        )
    )


def _relatives(context: DetectorContext) -> pl.DataFrame:
    """Recorded relatives by code: person_a < person_b."""
    codes, related = context.views["person_codes"], context.views["recorded_relatives"]
    for side in PAIR:
        coded = codes.select(nw.col("person").alias(f"{side}_code"), nw.col("person_id").alias(side))
        related = related.join(coded, on=side).drop(side).rename({f"{side}_code": side})
    return collect(related.select(*PAIR))


def _large(groups: Groups, relatives: pl.DataFrame, bounds: Bounds) -> Groups:
    """Groups of enough people, recorded relatives counted as one."""
    large = [
        group
        for (group,), part in groups.people.group_by("group", maintain_order=True)
        if len(set(families(part["person"].to_list(), relatives).values())) >= bounds.min_members
    ]
    of_large = pl.col("group").is_in(large)
    return Groups(
        groups.meetings.filter(of_large), groups.people.filter(of_large), groups.evidence.filter(of_large)
    )


def _rows(context: DetectorContext, groups: Groups, slots: Slots) -> pl.DataFrame:
    """Settlements of the members in their groups' slots."""
    settled: pl.LazyFrame = context.views["net_settlements"].to_native()
    there = groups.people.select("group", "person").join(
        groups.meetings.select("group", "provider", "slot"), on="group"
    )
    return (
        settled.join(
            there.lazy().select("person", "provider").unique(), on=["person", "provider"], how="semi"
        )
        .join(slots.widths.lazy(), on="provider")
        .rename({"settled_day": "day", "settled_minute": "minute"})
        .with_columns(slot=slot())
        .join(there.lazy(), on=["person", "provider", "slot"])
        .select(
            "group",
            "settlement_id",
            "person_id",
            "provider_id",
            "person",
            "provider",
            "day",
            "slot",
            "total_amount",
        )
        .sort("group", "day", "provider_id", "person_id", "settlement_id")
        .collect()
    )
