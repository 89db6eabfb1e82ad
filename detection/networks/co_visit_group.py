"""Groups of people without a recorded relation who are repeatedly settled together (D34)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from weakref import WeakKeyDictionary

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.networks.explanations import explained, on_fixed_days
from features.collusion.copresence import with_relation
from features.engine import Views, collect
from features.registry import Frame
from models.chance import SMALLEST_P, calendar, expected_meetings, habits, shown_p
from models.communities import PAIR
from models.groups import Bounds, Group, ProvenGroups, find_groups


@dataclass(frozen=True)
class Network:
    """What the Network screen draws; ids as in the data.

    Attributes:
        groups: group_id, members, days, seen, expected, p_value, permuted_max, strength, providers and the
            shares same_employer, same_division, in_context, scheduled, lawful, fixed_days. `days` are calendar days,
            `seen` the days at one provider with enough members together; `permuted_max` is the smallest
            p_value found in worlds of chance alone (1 when none had a group).
        edges: group_id, person_a, person_b, days_together, expected, relation.
        days: group_id, day (Int32, since 1970-01-01), provider_id, person_id, settlement_id.
    """

    groups: pl.DataFrame
    edges: pl.DataFrame
    days: pl.DataFrame


_computed: WeakKeyDictionary[Views, dict[tuple[Any, ...], Network]] = WeakKeyDictionary()
# The same views and thresholds give the same network: hits and artifacts share one computation.


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Every settlement of a group's members on the group's days; one case per group.

    Columns: settlement_id, subject_id (hash of the members), cause, strength (−log10 p, capped; a grade
    lower when partly explained), member_id.
    """
    proven = network(context, thresholds)
    rows = proven.days.join(proven.groups.select("group_id", "strength"), on="group_id").select(
        "settlement_id",
        subject_id="group_id",
        cause=pl.lit("together"),
        strength="strength",
        member_id="person_id",
    )
    return nw.from_native(rows.lazy())


def artifacts(context: DetectorContext, thresholds: StatisticalThresholds) -> Mapping[str, pl.DataFrame]:
    """The tables of the Network screen: ``groups``, ``edges`` and ``days``, see `Network`."""
    computed = network(context, thresholds)
    return {field.name: getattr(computed, field.name) for field in fields(computed)}


def network(context: DetectorContext, thresholds: StatisticalThresholds) -> Network:
    """Groups, their pairs and their days, for hits and for the Network screen."""
    key = tuple((field.name, thresholds.latest(field.name)) for field in fields(Bounds)) + tuple(
        (name, thresholds.latest(name)) for name in _THRESHOLDS
    )
    of_views = _computed.setdefault(context.views, {})
    if key not in of_views:
        of_views[key] = _network(context, thresholds)
    return of_views[key]


def _network(context: DetectorContext, thresholds: StatisticalThresholds) -> Network:
    bounds = Bounds(**{field.name: thresholds.latest(field.name) for field in fields(Bounds)})
    timed = context.views["visits"].filter(~nw.col("first_minute").is_null())
    visits = collect(timed.select("person_id", "provider_id", "day", "month", "first_minute"))
    met = collect(context.views["co_presence_pairs"].select(*PAIR, "provider_id", "day"))
    proven = find_groups(visits, met, collect(context.views["recorded_relatives"]), bounds)
    evidence = _evidence(context, proven)
    reasons = _Reasons(context, evidence, proven)
    month = (thresholds.latest("month_shortest"), thresholds.latest("month_longest"))
    unexplained = []
    for group in proven.groups:
        days = evidence.filter(pl.col("group_id") == group_id(group.members))
        shares = reasons.of(group, days)
        shares["fixed_days"] = on_fixed_days(group.days["day"], month)
        lawful = max(shares["lawful"], shares["same_employer"])
        if lawful < thresholds.latest("explained_fully") and shares["fixed_days"] < thresholds.latest(
            "fixed_days"
        ):
            unexplained.append((group, days, shares))
    rows = [_row(group, shares, proven, thresholds) for group, _, shares in unexplained]
    return Network(
        pl.DataFrame(rows, schema=GROUPS),
        _edges(context, [group for group, _, _ in unexplained], met, visits, bounds),
        pl.concat([evidence.clear(), *(days for _, days, _ in unexplained)]).sort(
            "group_id", "day", "provider_id", "person_id", "settlement_id"
        ),
    )


def _evidence(context: DetectorContext, proven: ProvenGroups) -> pl.DataFrame:
    """Settlements of the members on their group's days, of all groups."""
    days = [group.days.with_columns(group_id=pl.lit(group_id(group.members))) for group in proven.groups]
    together = pl.concat([pl.DataFrame(schema=DAYS).drop("settlement_id"), *days], how="diagonal")
    settled: pl.LazyFrame = context.views["net_settlements"].to_native()
    rows = settled.select("settlement_id", "person_id", "provider_id", day="settled_day")
    return rows.join(together.lazy(), on=["person_id", "provider_id", "day"]).select(*DAYS).collect()


def group_id(members: Sequence[str]) -> str:
    """Stable name of a group: a hash of its sorted member ids."""
    return "g-" + hashlib.sha256("\n".join(sorted(members)).encode()).hexdigest()[:16]


class _Reasons:
    """What the tables hold of the members that may explain a group, read once."""

    def __init__(self, context: DetectorContext, evidence: pl.DataFrame, proven: ProvenGroups) -> None:
        tables = context.whole
        members = pl.LazyFrame(
            {"person_id": sorted({person for group in proven.groups for person in group.members})},
            schema={"person_id": pl.String},
        )
        enrolments: pl.LazyFrame = tables.enrolments.select("person_id", "employer_id").to_native()
        persons: pl.LazyFrame = tables.persons.select("person_id", "region_code").to_native()
        scheduled: pl.LazyFrame = context.views["scheduled_care"].select("settlement_id").to_native()
        self._contexts = collect(tables.registered_contexts)
        self._scheduled = scheduled.join(evidence.lazy(), on="settlement_id", how="semi").collect()
        self._enrolments = enrolments.join(members, on="person_id", how="semi").collect()
        self._persons = persons.join(members, on="person_id", how="semi").collect()

    def of(self, group: Group, days: pl.DataFrame) -> dict[str, float]:
        return explained(
            days, group.members, self._contexts, self._scheduled, self._enrolments, self._persons
        )


def _row(
    group: Group, shares: dict[str, float], proven: ProvenGroups, thresholds: StatisticalThresholds
) -> dict[str, object]:
    p_value = float(shown_p(group.surprise))
    partly = max(shares["lawful"], shares["same_employer"]) >= thresholds.latest("explained_partly")
    surprise = min(group.surprise, float(-pl.Series([SMALLEST_P]).log10()[0]))
    return {
        "group_id": group_id(group.members),
        "members": len(group.members),
        "days": group.days["day"].n_unique(),
        "seen": group.seen,
        "expected": round(group.expected, 6),
        "p_value": p_value,
        "permuted_max": float(shown_p(proven.permuted_max)),
        "strength": round(surprise - (thresholds.latest("grade_lower") if partly else 0.0), 6),
        "providers": group.days["provider_id"].n_unique(),
        **shares,
    }


def _edges(
    context: DetectorContext, groups: Sequence[Group], met: pl.DataFrame, visits: pl.DataFrame, bounds: Bounds
) -> pl.DataFrame:
    """Pairs of one group that met, with what chance lets expect and what is recorded about them."""
    member = pl.DataFrame(
        [(person, group_id(group.members)) for group in groups for person in group.members],
        schema={"person": pl.String, "group_id": pl.String},
        orient="row",
    )
    pairs = (
        met.join(member, left_on="person_a", right_on="person")
        .join(member, left_on=["person_b", "group_id"], right_on=["person", "group_id"])
        .group_by("group_id", *PAIR)
        .agg(days_together=pl.col("day").n_unique().cast(pl.Int64))
        .sort("group_id", *PAIR)
    )
    unexplained = expected_meetings(pairs, habits(visits, calendar(visits), bounds.cap)).with_columns(
        pl.col("expected").round(6)
    )
    related = with_relation(
        nw.from_native(unexplained.lazy()), context.views["recorded_relatives"], context.whole.enrolments
    )
    return collect(related).select(*EDGES).sort("group_id", *PAIR)


_SHARES = ("same_employer", "same_division", "in_context", "scheduled", "lawful", "fixed_days")
_THRESHOLDS = (
    "explained_fully", "explained_partly", "grade_lower", "fixed_days", "month_shortest", "month_longest",
)  # fmt: skip
GROUPS: dict[str, Any] = {
    "group_id": pl.String,
    "members": pl.Int64,
    "days": pl.Int64,
    "seen": pl.Int64,
    "expected": pl.Float64,
    "p_value": pl.Float64,
    "permuted_max": pl.Float64,
    "strength": pl.Float64,
    "providers": pl.Int64,
    **dict.fromkeys(_SHARES, pl.Float64),
}
EDGES: dict[str, Any] = {
    "group_id": pl.String,
    "person_a": pl.String,
    "person_b": pl.String,
    "days_together": pl.Int64,
    "expected": pl.Float64,
    "relation": pl.String,
}
DAYS: dict[str, Any] = {
    "group_id": pl.String,
    "day": pl.Int32,
    "provider_id": pl.String,
    "person_id": pl.String,
    "settlement_id": pl.String,
}
