"""A person's use of a drug over time, across providers: packs, places, and the days that the packs would last.

Stays, emergencies and special programmes are left out, because there the hospital orders and gives the drug; and what a
registered long prescription covers. Packs that are sold in parts count as the part. What a special programme gives for
weeks at a time is taken at home, and can be added.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from features.registry import Frame
from features.visits.medicines import QUANTITY_SCALE, drug_lines, under_programmes, without_care_on_the_spot
from models.evidence.extremes import tail_surprise

USE = ["person", "drug"]
DAYS_PER_MONTH = 30
"""Days of a month of use; a shorter use counts as a month."""
_KNOWN_LINES = 5
_CARRIES = 0.2
_USERS = 20  # fewer users of a drug have no rate of their own
ELSEWHERE = 1 - pl.col("provider").unique_counts().max() / pl.len()
"""Share of purchases that were made away from the provider with most of them."""
_CONTAMINATED = 0.9  # usual rates beyond this quantile may be those of buyers


def drug_purchases(context: DetectorContext) -> pl.LazyFrame:
    """Purchases of drugs: settlement_id, person, provider, settled_day, drug, packs, fen, days (null where not given).

    The drug is its active substance, or the item where that is not known. Amounts are summed by settlement and drug.
    The purchases are computed once for all detectors.
    """
    shared: pl.LazyFrame = context.views.share("drug_purchases", lambda: _bought(context)).to_native()
    return shared


def with_programmes(context: DetectorContext, *, least_days: int) -> pl.LazyFrame:
    """`drug_purchases`, and what special programmes gave for at least so many days at a time."""
    given = _purchases(
        under_programmes(context.views["net_settlements"], context.whole.registered_contexts), context
    )
    return pl.concat([drug_purchases(context), given.filter(pl.col("days") >= least_days)])


def _bought(context: DetectorContext) -> Frame:
    fetched = without_care_on_the_spot(context.views["net_settlements"], context.whole.registered_contexts)
    return nw.from_native(_purchases(fetched, context))


def _purchases(settlements: Frame, context: DetectorContext) -> pl.LazyFrame:
    bought: pl.LazyFrame = settlements.select(
        "settlement_id", "person", "provider", "settled_day"
    ).to_native()
    lines: pl.LazyFrame = drug_lines(context.whole.charge_lines, context.whole.item_reference).to_native()
    return (
        lines.join(bought, on="settlement_id", how="inner")
        .group_by("settlement_id", "person", "provider", "settled_day", "drug")
        .agg(
            packs=pl.col("quantity").sum() / QUANTITY_SCALE,
            fen=pl.col("amount").sum(),
            days=pl.when(pl.col("days_supply").is_not_null().all()).then(
                pl.col("days_supply").sum() / QUANTITY_SCALE
            ),
            watched=pl.col("watch_list").fill_null(value=False).any(),
        )
    )


def long_uses(purchases: pl.LazyFrame, *, least_days: int) -> pl.DataFrame:
    """Uses of a drug that were bought on at least so many days.

    Columns: those of `USE`, packs, fen, places (providers), elsewhere (as `ELSEWHERE`), visits (days), months (from
    the first to the last purchase, at least one), watched, supply: days that the packs before the last purchase would
    last for each day of that time, null where it is not known or not to be believed; stated: the same of the days
    that purchases stated, none where they did not; expected (packs at the drug's usual rate), and many: the surprise
    of the packs a month against that rate, under the exponential tail of all uses.
    """
    spans = (
        purchases.group_by(USE)
        .agg(
            visits=pl.col("settled_day").n_unique().cast(pl.Int64),
            first=pl.col("settled_day").min(),
            last=pl.col("settled_day").max(),
        )
        .filter(pl.col("visits") >= least_days)
        .with_columns(span=(pl.col("last") - pl.col("first")).clip(DAYS_PER_MONTH))
    )
    bought = purchases.join(spans, on=USE, how="inner", maintain_order="left").collect()
    # What the last purchase gave is for the days after it.
    before, nothing = pl.col("settled_day") < pl.col("last"), pl.lit(0.0)
    unstated, stated = before & pl.col("days").is_null(), before & pl.col("days").is_not_null()
    uses = (
        bought.with_columns(
            unstated=pl.when(unstated).then("packs").otherwise(nothing),
            stated=pl.when(stated).then("days").otherwise(nothing),
        )
        .group_by(USE)
        .agg(
            pl.col("packs", "fen").sum(),
            pl.col("watched").any(),
            pl.col("unstated", "stated").sum(),
            pl.col("visits", "span").first(),
        )
        .join(_places(bought), on=USE)
        .lazy()
    )
    # Packs of one drug differ in size: what a purchase states goes before what its packs usually last.
    supply = (pl.col("stated") + pl.col("unstated") * pl.col("lasts")) / pl.col("span")
    return _with_rates(
        uses.join(days_of_a_pack(purchases), on="drug", how="left")
        .with_columns(
            months=pl.col("span") / DAYS_PER_MONTH, supply=supply, stated=pl.col("stated") / pl.col("span")
        )
        # Days of supply that would not carry the drug's usual user are not believed.
        .with_columns(
            supply=pl.when(pl.col("supply").median().over("drug") >= _CARRIES).then(pl.col("supply"))
        )
        .drop("span", "lasts", "unstated")
        .sort(USE)
        .collect()
    )


def _places(bought: pl.DataFrame) -> pl.DataFrame:
    """Providers of each use, and `ELSEWHERE` of its purchases: `USE`, places, elsewhere."""
    most = pl.col("purchases").max() / pl.col("purchases").sum()
    counted = bought.group_by(*USE, "provider").agg(purchases=pl.len())
    return counted.group_by(USE).agg(places=pl.len().cast(pl.Int64), elsewhere=1 - most)


def days_of_a_pack(purchases: pl.LazyFrame) -> pl.LazyFrame:
    """How long a pack lasts, by the days that purchases of the drug state: drug, lasts (days)."""
    return (
        purchases.filter(pl.col("days") > 0)
        .group_by("drug")
        .agg(lasts=(pl.col("days") / pl.col("packs")).median(), known=pl.len())
        .filter(pl.col("known") >= _KNOWN_LINES)
        .select("drug", "lasts")
    )


def usual_rates(uses: pl.DataFrame, drugs: pl.Series) -> pl.DataFrame:
    """What users of each drug take: drug, usual (packs a month); that of all users where the drug has no long use.

    It is null where no drug has any.

    Args:
        uses: from `long_uses`.
        drugs: whose rates are needed.
    """
    rate = pl.col("expected") / pl.col("months")
    own = uses.group_by("drug").agg(usual=rate.first()).sort("drug")
    others = uses.select(rate.median().cast(pl.Float64))
    wanted = pl.DataFrame({"drug": drugs}).unique().sort("drug")
    return wanted.join(own, on="drug", how="left").with_columns(
        pl.col("usual").fill_null(pl.lit(others.item(), dtype=pl.Float64))
    )


def _with_rates(uses: pl.DataFrame) -> pl.DataFrame:
    """The uses with expected and many; a drug of few users, or of an unusual rate, has the rate of others."""
    rated = uses.with_columns(rate=(pl.col("packs") / pl.col("months")).log())
    own = pl.when(pl.len().over("drug") >= _USERS).then(pl.col("rate").median().over("drug"))
    known = rated.with_columns(usual=own.fill_null(pl.col("rate").median()))
    most = pl.col("usual").quantile(_CONTAMINATED, "linear")
    usual = known.with_columns(usual=pl.min_horizontal(pl.col("usual"), most))
    return usual.with_columns(
        expected=pl.col("usual").exp() * pl.col("months"),
        many=pl.Series(tail_surprise((usual["rate"] - usual["usual"]).to_numpy())),
    ).drop("rate", "usual")
