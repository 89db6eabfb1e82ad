"""One day's prescription settled as several, each just below a limit or all for nearly the same amount (D18).

Evidence is a day on which one prescriber's care of one person was settled in such parts. Each part is in the zone
below a limit, or below a round amount, with the share of bills that is usual there: in the population or at the
provider on other days, whichever is larger (binomial). The days of a prescriber are put together (Fisher), and the zone
with the most surprise counts. Parts of nearly the same amount are a zone of their own, around the first part. Exposed
are the prescribers with a day of several bills.

Rivals: care by several prescribers, of two kinds or on a herbal prescription is never put together; what was reversed
does not count; a fixed price of the provider is usual there.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.parts import surprise_of_cases, usual_share
from models.evidence.unit import ALERT, MOST
from models.evidence.unit import evidence as evidence_of

_DAY = ["provider_id", "prescriber_id", "person_id", "service_day", "care_type"]
_CASE = ["provider_id", "prescriber_id"]
_KINDS = ("outpatient", "emergency", "chronic_outpatient", "pharmacy")
_ALIKE, _LIMIT = "alike", "limit"
_PERCENT = 100


@dataclass(frozen=True)
class _Zone:
    """Amounts from ``least`` to below ``most``, in fen."""

    name: str
    least: int
    most: int

    @property
    def holds(self) -> pl.Expr:
        return (pl.col("net") >= self.least) & (pl.col("net") < self.most)

    @property
    def width(self) -> float:
        return 1 - self.least / self.most


@dataclass(frozen=True)
class _Bills:
    """Prescribed bills after reversals.

    Attributes:
        days: those of days with enough bills to be parts, with their amount ``net``.
        usual: per provider, ``bills`` of all other days, and how many of them each zone holds.
        pairs: per provider, days with two bills, and how many of them are ``alike``.
    """

    days: pl.DataFrame
    usual: pl.DataFrame
    pairs: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The parts of prescribers with the evidence of an alert, where there are enough of them."""
    zones = _zones(thresholds)
    bills = _bills(context, thresholds, zones)
    cases = _cases(bills, thresholds, zones).filter(pl.col("value") >= ALERT)
    parts = bills.days.join(cases, on=_CASE).filter(_is_part(thresholds, zones))
    visits = pl.struct(_DAY).n_unique().over(_CASE)
    extra = pl.col("settlement_id").n_unique().over(_CASE).cast(pl.Int64) - visits
    alike = pl.when(pl.col("zone") == _ALIKE).then(pl.lit("near_equal")).otherwise(pl.lit("below_limit"))
    shown = (
        parts.filter(extra >= int(thresholds.latest("min_extra")))
        .with_columns(cause=alike)
        .sort("settlement_id", "cause", "value", descending=[False, False, True])
        .unique("settlement_id", keep="first", maintain_order=True)
        .select("settlement_id", *_CASE, "cause", subject_id="provider_id", strength="value")
    )
    return nw.from_native(shown.lazy())


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about prescribers, and about providers, whose prescribers add up."""
    zones = _zones(thresholds)
    by_zone = _cases(_bills(context, thresholds, zones), thresholds, zones)
    cases = by_zone.group_by(_CASE).agg(pl.col("value").max())
    providers = cases.group_by("provider_id").agg(pl.col("value").sum().clip(upper_bound=MOST))
    return nw.from_native(
        pl.concat(
            [
                providers.select("value", subject_kind=pl.lit("provider"), subject_id="provider_id"),
                cases.select("value", subject_kind=pl.lit("prescriber"), subject_id="prescriber_id"),
            ]
        ).lazy()
    )


def _zones(thresholds: StatisticalThresholds) -> list[_Zone]:
    """The zone below the limit of one prescription, and those below round amounts."""
    near, limit, percent = (int(thresholds.latest(name)) for name in ("near_limit", "limit", "below_percent"))
    amounts = [int(each) * FEN_PER_YUAN for each in thresholds.latest("round_amounts")]
    below = [_Zone(str(most), most * (_PERCENT - percent) // _PERCENT, most) for most in amounts]
    return [_Zone(_LIMIT, near * FEN_PER_YUAN, limit * FEN_PER_YUAN), *below]


@remembered
def _bills(context: DetectorContext, thresholds: StatisticalThresholds, zones: list[_Zone]) -> _Bills:
    settled: pl.LazyFrame = _settled(context).to_native()
    many, bills_of_day = int(thresholds.latest("min_settlements")), pl.len().over(_DAY)
    counted = settled.with_columns(of_day=bills_of_day)
    several = counted.filter(pl.col("of_day") >= many).collect()
    herbs: pl.LazyFrame = _herbal(several, context).to_native()
    without_herbs = several.join(herbs.collect(), on="settlement_id", how="anti")
    in_zones = [zone.holds.sum().cast(pl.Int64).alias(zone.name) for zone in zones]
    usual = (
        counted.filter(pl.col("of_day") < many)
        .group_by("provider_id")
        .agg(pl.len().cast(pl.Int64).alias("bills"), *in_zones)
    )
    pairs = (
        counted.filter(pl.col("of_day") == 2)
        .group_by(_DAY)
        .agg(_alike(thresholds).first())
        .group_by("provider_id")
        .agg(pl.len().cast(pl.Int64).alias("bills"), pl.col("alike").sum().cast(pl.Int64).alias(_ALIKE))
    )
    return _Bills(without_herbs.filter(bills_of_day >= many), usual.collect(), pairs.collect())


def _settled(context: DetectorContext) -> Frame:
    """Settlements with a prescriber that stand after reversals, of care that a prescription can split."""
    net = context.views["net_settlements"].select("settlement_id", nw.col("total_amount").alias("net"))
    return (
        context.assessable.settlements.filter(
            ~nw.col("prescriber_id").is_null(), nw.col("care_type").is_in(_KINDS), nw.col("total_amount") > 0
        )
        .select("settlement_id", *_DAY)
        .join(net, on="settlement_id", how="inner")
    )


def _herbal(settled: pl.DataFrame, context: DetectorContext) -> Frame:
    """Those of the settlements that hold a herbal prescription: it is written on a sheet of its own."""
    herbs = context.whole.charge_lines.filter(nw.col("item_kind") == "tcm").select("settlement_id")
    return nw.from_native(settled.select("settlement_id").lazy()).join(herbs, on="settlement_id", how="semi")


def _alike(thresholds: StatisticalThresholds) -> pl.Expr:
    """``alike``: whether the amounts of a group differ by no more than a share of the largest."""
    difference = pl.col("net").max() - pl.col("net").min()
    return (difference * _PERCENT <= pl.col("net").max() * int(thresholds.latest("alike_percent"))).alias(
        "alike"
    )


def _is_part(thresholds: StatisticalThresholds, zones: list[_Zone]) -> pl.Expr:
    """Whether a bill is one of enough parts of its day in the case's ``zone``."""
    many = int(thresholds.latest("min_settlements"))
    part = (pl.col("zone") == _ALIKE) & _alike(thresholds).over(_DAY)
    for zone in zones:
        enough = zone.holds.sum().over(_DAY) >= many
        part = part | ((pl.col("zone") == zone.name) & zone.holds & enough)
    return part


def _cases(bills: _Bills, thresholds: StatisticalThresholds, zones: list[_Zone]) -> pl.DataFrame:
    """Every prescriber with a day of several bills, by zone: the evidence as ``value``."""
    many, parts = int(thresholds.latest("min_settlements")), pl.len().cast(pl.Int64)
    of_days = [
        _with_share(
            bills.days.group_by(_DAY, maintain_order=True).agg(parts=parts, within=zone.holds.sum()),
            bills.usual.select("provider_id", "bills", within_usual=zone.name),
            zone.name,
            zone.width,
        ).with_columns(within=pl.when(pl.col("within") >= many).then(pl.col("within")).otherwise(0))
        for zone in zones
    ]
    alike = bills.days.group_by(_DAY, maintain_order=True).agg((parts - 1).alias("parts"), _alike(thresholds))
    alike = alike.with_columns(within=pl.when("alike").then("parts").otherwise(0))
    pairs = bills.pairs.select("provider_id", "bills", within_usual=_ALIKE)
    width = 2 * int(thresholds.latest("alike_percent")) / _PERCENT
    of_days.append(_with_share(alike, pairs, _ALIKE, width))
    days = pl.concat(part.select(*_CASE, "zone", "parts", "within", "share") for part in of_days)
    surprises = surprise_of_cases(days, _CASE)
    looks = surprises.select(_CASE).n_unique() * (len(zones) + 1)
    value = pl.Series("value", evidence_of(surprises["surprise"], looks), pl.Float64)
    return surprises.drop("surprise").with_columns(value).sort(*_CASE, "zone")


def _with_share(days: pl.DataFrame, usual: pl.DataFrame, zone: str, width: float) -> pl.DataFrame:
    """Days with the zone's name and ``share``, what is usual in it at their provider."""
    bills, within = (int(usual[name].sum()) for name in ("bills", "within_usual"))
    overall = pl.lit(within / max(bills, 1))
    joined = days.join(usual, on="provider_id", how="left").with_columns(
        pl.col("bills", "within_usual").fill_null(0)
    )
    share = usual_share(pl.col("within_usual"), pl.col("bills"), overall, width)
    return joined.with_columns(pl.col("within").cast(pl.Int64), zone=pl.lit(zone), share=share)
