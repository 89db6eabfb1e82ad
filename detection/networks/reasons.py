"""Lawful reasons for a group's meetings, each computed, and what each does to the group's evidence.

One reason explains a group alone: baskets that are each person's own (a home, chronic patients), a fixed round kept
for long (a clinic day), a course of treatment with nothing to sell, an employer that nearly all share, registered
contexts, children in a group as small as a household. The others lower the evidence: people who depend on others (the
old, and minors), a short round, an employer that some share.

Where one hand fills the baskets they hold the same goods, whoever's card is used. Such common goods take the excuse
from a round and from colleagues, and half of it from old age.

People who go together for a reason of their own keep to a cycle (a choir's Thursday, the village bus on market days),
or meet on one occasion only (a wave of illness, a course). What remains of their evidence is a weak sign, unless
something points to one hand at least as strongly: common goods, or one operator who serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from detection.detectors.context import DetectorContext
from detection.networks.contents import contents
from detection.networks.explanations import Backgrounds, on_fixed_days
from detection.networks.hands import with_one_operator
from models.evidence.exchange import likeness
from models.meetings.cycles import cycle_surprise

MEASURES: dict[str, Any] = dict.fromkeys(
    (
        "same_employer", "same_division", "in_context", "scheduled", "lawful",
        "fixed_days", "old", "minors", "own", "cross", "own_surprise", "goods", "cycle", "one_operator",
    ),
    pl.Float64,
)  # fmt: skip
"""Measures of the reasons: shares, except `own_surprise`, `cycle` and `one_operator`, which are surprises.

`goods` is null where there are no lines."""


@dataclass(frozen=True)
class ReasonBounds:
    """Thresholds of reasons.

    Attributes:
        explained_fully: share of a reason that explains a group.
        explained_partly: share of a reason that lowers the evidence.
        fixed_days: share of days on a fixed weekday or a month apart that counts as a fixed day.
        month_shortest, month_longest: days between two dates a month apart.
        old_age: age in years from which a person counts as old.
        old_share: share of old people and minors that lowers the evidence, twice without common goods.
        round_days: days that a fixed round must have to explain a group.
        course_gap, course_days: longest median gap, and least number, of the days of a course of treatment.
        goods_share: share of goods in what was bought below which there is nothing to sell.
        common_share: how often purchases of different persons are alike where goods are common.
        common_goods: least share of goods in them.
        own_times: how much more often a person's purchases are alike than different persons' for them to be own.
        own_surprise: least surprise of that.
        household: people of a large household: a group no larger with a minor among them is a family.
        minor_age: age in years below which a person is a minor.
        lower_by: evidence taken off by each reason that lowers it.
        cycle_surprise: least surprise of a cycle that the days keep to.
        occasion_days: days from the first meeting to the last, at one provider and no more than `course_gap` apart,
            that are one occasion.
        hand_surprise: least surprise of one operator that points to one hand.
        weak_evidence: the most that is left of a group that goes together.
    """

    explained_fully: float
    explained_partly: float
    fixed_days: float
    month_shortest: float
    month_longest: float
    old_age: float
    old_share: float
    round_days: float
    course_gap: float
    course_days: float
    goods_share: float
    common_share: float
    common_goods: float
    own_times: float
    own_surprise: float
    household: float
    minor_age: float
    lower_by: float
    cycle_surprise: float
    occasion_days: float
    hand_surprise: float
    weak_evidence: float


def reasons_of(context: DetectorContext, rows: pl.DataFrame, bounds: ReasonBounds) -> pl.DataFrame:
    """Reasons of each group.

    Args:
        context: the data set.
        rows: the members' settlements in their groups' slots.
        bounds: the card's thresholds.

    Returns:
        group, explained (Boolean), reasons (Int64, how many lower the evidence), company (Boolean) and `MEASURES`.
    """
    backgrounds = Backgrounds(context, rows, bounds.old_age, bounds.minor_age)
    bought = rows.join(contents(context, rows), on="settlement_id", how="left")
    measured = [
        {"group": group} | backgrounds.of(part) | _measures(part, bounds)
        for (group,), part in bought.group_by("group", maintain_order=True)
    ]
    schema: dict[str, Any] = {"group": pl.Int64, **MEASURES}
    sizes = rows.group_by("group").agg(
        days=pl.col("day").n_unique(),
        gap=pl.col("day").unique().sort().diff().median(),
        span=pl.col("day").max() - pl.col("day").min() + 1,
        people=pl.col("person").n_unique(),
        places=pl.col("provider").n_unique(),
    )
    return (
        pl.DataFrame(measured, schema=schema)
        .drop("one_operator")
        .join(with_one_operator(context, rows), on="group", how="left")
        .join(sizes, on="group")
        .with_columns(explained=explained(bounds), reasons=lowering(bounds), company=company(bounds))
        .drop("days", "gap", "span", "people", "places")
    )


def _measures(part: pl.DataFrame, bounds: ReasonBounds) -> dict[str, float | None]:
    """What the group's own settlements say."""
    purchases = part.select("person", "content", meeting=pl.struct("provider", "slot").rank("dense"))
    alike = likeness(purchases)
    spent = float(part["spent"].sum() or 0)
    return {
        "fixed_days": on_fixed_days(part["day"], (bounds.month_shortest, bounds.month_longest)),
        "own": alike.own,
        "cross": alike.cross,
        "own_surprise": alike.surprise,
        "goods": float(part["goods"].sum() or 0) / spent if spent else None,
        "cycle": cycle_surprise(part["day"].unique().to_numpy()),
    }


def _own(bounds: ReasonBounds) -> pl.Expr:
    return pl.col("own") > bounds.own_times * pl.col("cross")


def _common(bounds: ReasonBounds) -> pl.Expr:
    """Whether different persons bring the same goods home; not known without lines."""
    alike = pl.col("cross") >= bounds.common_share
    return (alike & (pl.col("goods") >= bounds.common_goods)).fill_null(value=False)


def explained(bounds: ReasonBounds) -> pl.Expr:
    """Whether one reason explains the group alone."""
    own = _own(bounds) & (pl.col("own_surprise") >= bounds.own_surprise)
    fixed = (pl.col("fixed_days") >= bounds.fixed_days) & (pl.col("days") >= bounds.round_days)
    nothing_to_sell = pl.col("goods").fill_null(0.0) < bounds.goods_share
    course = (pl.col("gap") <= bounds.course_gap) & (pl.col("days") >= bounds.course_days)
    treated = nothing_to_sell & course & (pl.col("places") == 1)
    colleagues = (pl.col("same_employer") >= bounds.explained_fully) & ~_common(bounds)
    family = (pl.col("people") <= bounds.household) & (pl.col("minors") > 0)
    registered = pl.col("lawful") >= bounds.explained_fully
    return own | (fixed & ~_common(bounds)) | treated | colleagues | family | registered


def lowering(bounds: ReasonBounds) -> pl.Expr:
    """How many reasons lower the evidence."""
    dependent = pl.col("old") + pl.col("minors") >= bounds.old_share
    reasons = [
        pl.col("same_employer") >= bounds.explained_partly,
        pl.col("lawful") >= bounds.explained_partly,
        dependent,
        dependent & ~_common(bounds),
        pl.col("fixed_days") >= bounds.fixed_days,
        _own(bounds) & (pl.col("own_surprise") >= bounds.own_surprise / 2),
    ]
    return pl.sum_horizontal(reason.cast(pl.Int64) for reason in reasons)


def company(bounds: ReasonBounds) -> pl.Expr:
    """Whether people who go together are the likelier explanation than one hand that has their cards."""
    in_cycle = pl.col("cycle") >= bounds.cycle_surprise
    one_place = pl.col("places") == 1
    one_occasion = one_place & (pl.col("span") <= bounds.occasion_days) & (pl.col("gap") <= bounds.course_gap)
    operator = pl.col("one_operator").fill_null(0.0)
    one_hand = (operator >= bounds.hand_surprise) & (operator >= pl.col("cycle"))
    return (in_cycle | one_occasion) & ~one_hand & ~_common(bounds)
