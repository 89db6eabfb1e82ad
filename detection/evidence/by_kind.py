"""Evidence of providers whose mix differs: each kind of row is expected as often as at all the other providers.

A provider that treats more of what is often repeated is expected to repeat more. So the expectation is made per kind
(an item, a diagnosis), and only the sum over kinds is compared.
"""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from models.evidence.counts import fitted_shape, gamma_poisson_surprise
from models.evidence.others import Prior
from models.evidence.unit import ALERT, evidence

CELL = ["provider_id", "kind"]
_ROUNDS = 4
_ONE_IN = 5
"""Of so many providers at most one is no peer of the others: what more of them do is how the fund works."""
_ABOVE_ZERO = (pl.col("quantity") > 0) & (pl.col("amount") > 0)


def by_kind(
    cells: pl.DataFrame,
    prior: Prior,
    *,
    fit_spread: bool = True,
    comparisons: int = 1,
    outliers_apart: bool = False,
) -> pl.DataFrame:
    """Evidence that a provider has more of something than others with the same mix.

    Args:
        cells: `CELL`, exposure (rows that could be what is looked for), seen (those that are).
        prior: rate where there are no others; its weight draws rare kinds toward the rate of all kinds.
        fit_spread: whether the providers show how far rates differ by themselves. Where they are few, those that are
            looked for would set it: then it is that of the prior.
        comparisons: how many of them are made of a provider, each of which pays for all.
        outliers_apart: whether those who stand out, a fifth of all at most, are no peers of the others: several
            providers of the kind would hide behind each other. The first comparison is with all but the highest
            fifth; whoever does not stand out then is a peer again, and the comparison is repeated. Not where a few
            providers lawfully do often what most do not.

    Returns:
        provider_id, observed, exposure, expected, value; each provider once, sorted.
    """
    places = _compared(cells, cells, prior, fit_spread=fit_spread, comparisons=comparisons)
    apart: list[str] = []
    again = _highest(places, prior) if outliers_apart else []
    for _ in range(_ROUNDS):
        if again == apart:
            break
        apart = again
        peers = cells.filter(~pl.col("provider_id").is_in(apart))
        places = _compared(cells, peers, prior, fit_spread=fit_spread, comparisons=comparisons)
        again = _standing_out(places)
    return places


def _highest(places: pl.DataFrame, prior: Prior) -> list[str]:
    """The fifth of the providers with most beyond what is expected, whether or not it is much; sorted."""
    surprise = gamma_poisson_surprise(
        places["observed"].to_numpy(), places["expected"].to_numpy(), prior.most_even
    )
    ordered = (
        places.with_columns(surprise=pl.Series(surprise, dtype=pl.Float64))
        .filter(pl.col("surprise") > 0)
        .sort("surprise", "provider_id", descending=[True, False])
    )
    return sorted(ordered["provider_id"].head(places.height // _ONE_IN).to_list())


def _standing_out(places: pl.DataFrame) -> list[str]:
    """Providers with evidence of an alert: those with most, a fifth of all at most; sorted."""
    extreme = places.filter(pl.col("value") >= ALERT).sort("value", "provider_id", descending=[True, False])
    return sorted(extreme["provider_id"].head(places.height // _ONE_IN).to_list())


def _compared(
    cells: pl.DataFrame, peers: pl.DataFrame, prior: Prior, *, fit_spread: bool, comparisons: int
) -> pl.DataFrame:
    """What `by_kind` returns, where each is compared with all of ``peers`` (cells) but itself."""
    sums = [pl.col("exposure").sum(), pl.col("seen").sum()]
    own = peers.group_by("provider_id").agg(own_exposure=sums[0], own_seen=sums[1])
    kinds = peers.group_by("kind").agg(kind_exposure=sums[0], kind_seen=sums[1])
    all_exposure, all_seen = int(peers["exposure"].sum()), int(peers["seen"].sum())
    usual = (all_seen - pl.col("own_seen") + prior.rate * prior.weight) / (
        all_exposure - pl.col("own_exposure") + prior.weight
    )
    of_kind = (pl.col("kind_seen") - pl.col("counted") * pl.col("seen") + pl.col("usual") * prior.weight) / (
        pl.col("kind_exposure") - pl.col("counted") * pl.col("exposure") + prior.weight
    )
    nothing = pl.col("own_exposure", "own_seen", "kind_exposure", "kind_seen").fill_null(0)
    places = (
        cells.sort(CELL)
        .join(own, on="provider_id", how="left", maintain_order="left")
        .join(kinds, on="kind", how="left", maintain_order="left")
        .with_columns(counted=pl.col("own_exposure").is_not_null())
        .with_columns(nothing)
        .with_columns(usual=usual)
        .with_columns(expected=of_kind * pl.col("exposure"))
        .group_by("provider_id", maintain_order=True)
        .agg(
            pl.col("exposure").sum(),
            pl.col("expected").sum(),
            pl.col("counted").first(),
            observed=pl.col("seen").sum(),
        )
    )
    seen, expected = places["observed"].to_numpy(), places["expected"].to_numpy()
    shape = prior.most_even
    if fit_spread:
        among = places["counted"].to_numpy()
        shape = min(fitted_shape(seen[among], expected[among]), prior.most_even)
    surprise = gamma_poisson_surprise(seen, expected, shape)
    value = pl.Series(evidence(surprise, places.height * comparisons), dtype=pl.Float64)
    return places.drop("counted").with_columns(value=value)


def about_providers(places: pl.DataFrame) -> pl.LazyFrame:
    """Evidence about providers as a detector returns it, of those that have any of what is looked for."""
    return (
        places.lazy()
        .filter(pl.col("observed") > 0)
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("provider"),
            subject_id="provider_id",
            observed=pl.col("observed").cast(pl.Float64),
        )
    )


def bills_with(lines: pl.DataFrame, places: pl.DataFrame, cause: str) -> pl.LazyFrame:
    """The bills with a line of what is looked for, as a detector returns them.

    Args:
        lines: settlement_id, provider_id, pool, account (fen of a line) of the lines of what is looked for.
        places: provider_id and value (evidence) of the providers that stand out.
        cause: of the card.
    """
    return (
        lines.join(places, on="provider_id")
        .lazy()
        .group_by("settlement_id", "provider_id", "value")
        .agg(pl.col("pool", "account").sum())
        .select(
            "settlement_id",
            "provider_id",
            "pool",
            "account",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit(cause),
        )
    )


def standing_bills(context: DetectorContext) -> pl.LazyFrame:
    """Settlements that the detector may assess and that stand whole: columns of the view ``net_settlements``."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    assessed: pl.LazyFrame = context.assessable.settlements.select(
        "settlement_id", "total_amount"
    ).to_native()
    return net.join(assessed, on=["settlement_id", "total_amount"], how="semi")


def standing_lines(context: DetectorContext, bills: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Charge lines above zero of settlements that stand whole, with who, where and when.

    Where a part was taken back, which of the lines that was is not always known: such settlements are left out.

    Args:
        context: the data set.
        bills: some of `standing_bills`; all of them when None.

    Returns:
        settlement_id, person_id, provider_id, person and provider (their codes), service_day, care_type, item_code,
        item_kind, quantity, amount, in_scope_amount, pool and account: the part of what each paid for the settlement
        that falls to the line, in fen.
    """
    total = pl.col("total_amount").clip(1)
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    paid = (standing_bills(context) if bills is None else bills).select(
        "settlement_id",
        "person_id",
        "provider_id",
        "person",
        "provider",
        "service_day",
        "care_type",
        "total_amount",
        paid_pool="pool_paid",
        paid_account=pl.col("account_paid") + pl.col("mutual_aid_paid"),
    )
    return (
        lines.filter(_ABOVE_ZERO)
        .select(
            "settlement_id",
            "item_code",
            "item_kind",
            "quantity",
            "amount",
            "in_scope_amount",
            "prescriber_id",
        )
        .join(paid, on="settlement_id", how="inner")
        .with_columns(
            pool=pl.col("amount") * pl.col("paid_pool") // total,
            account=pl.col("amount") * pl.col("paid_account") // total,
        )
        .drop("paid_pool", "paid_account", "total_amount")
    )


def bills_with_lines(context: DetectorContext) -> pl.LazyFrame:
    """Those of `standing_bills` with a charge line above zero."""
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    known = lines.filter(_ABOVE_ZERO).select("settlement_id")
    return standing_bills(context).join(known, on="settlement_id", how="semi")
