"""One account that pays for many people who cannot all be its owner's family (D26).

Signs: relations that ages, sexes or numbers exclude (a child older than the parent, two spouses, a fifth parent);
more people than accounts usually have; users from elsewhere who meet at one shop.
Null: records are wrong now and then at the peers' rate; further users are gamma-Poisson; which users live elsewhere
and still buy where the others buy is beta-binomial, because relatives live together. Exposure: accounts that paid.
Innocent rivals: a large family whose relations are all possible has no number that counts; the first stranger at a
shop is a parent whom the owner serves; blended families and slips of the counter are in the rate of wrong records.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.kin import beyond, kin_limits, known_ties, relation_counts
from features.engine import collect
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.sharing import ELSEWHERE, MANY, RELATIONS, sharing_evidence
from models.evidence.unit import ALERT

_CAUSES = {RELATIONS: "relations", ELSEWHERE: "strangers", MANY: "many"}


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Every payment of an account whose users cannot all be one family; one case per account.

    Columns: settlement_id, subject_id (the account), cause (its strongest sign), strength (evidence).
    """
    least = [int(thresholds.latest(name)) for name in ("least_users", "least_payments", "least_yuan")]
    hubs = _accounts(context, thresholds).filter(
        pl.col("value") >= ALERT,
        pl.col("people") >= least[0],
        pl.col("payments") >= least[1],
        pl.col("aid") >= least[2] * FEN_PER_YUAN,
    )
    cause = pl.col("sign").replace_strict(_CAUSES, return_dtype=pl.String)
    accounts = nw.from_native(hubs.lazy().select("payer_id", "value", cause=cause))
    return (
        context.views["net_settlements"]
        .filter(nw.col("mutual_aid_paid") > 0)
        .select("settlement_id", payer_id=nw.col("mutual_aid_payer_id"))
        .join(accounts, on="payer_id", how="inner")
        .select("settlement_id", "cause", subject_id=nw.col("payer_id"), strength=nw.col("value"))
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every account, below the alert too, with its users and those that are usual."""
    accounts = _accounts(context, thresholds).filter(
        pl.col("value") > 0, pl.col("people") >= int(thresholds.latest("least_users"))
    )
    return nw.from_native(accounts.lazy()).select(
        "value",
        subject_kind=nw.lit("payer_account"),
        subject_id=nw.col("payer_id"),
        observed=nw.col("people").cast(nw.Float64),
        expected=nw.col("usual"),
    )


def _accounts(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """payer_id, payments, aid (fen) and what `sharing_evidence` returns, of every account that paid."""
    limits = kin_limits(thresholds)
    ties = known_ties(context, limits)
    accounts = (
        ties.group_by("payer_id")
        .agg(
            pl.col("payments", "aid").sum(),
            excess=beyond("spouse", limits.spouses) + beyond("parent", limits.parents),
            **relation_counts(),
        )
        .join(_strangers(context, ties), on="payer_id", how="left")
        .with_columns(elsewhere=pl.col("strangers").fill_null(0))
        .sort("payer_id")
    )
    return sharing_evidence(accounts, limits, int(thresholds.latest("family_size")))


def _strangers(context: DetectorContext, ties: pl.DataFrame) -> pl.DataFrame:
    """payer_id and ``strangers``: most users from another division than the owner's whom it paid for at one shop."""
    away = ties.filter(pl.col("user_region") != pl.col("payer_region")).select("payer_id", "beneficiary_id")
    shops = collect(context.views["family_shops"])
    return (
        shops.join(away, on=["payer_id", "beneficiary_id"], how="semi")
        .group_by("payer_id", "provider_id")
        .agg(strangers=pl.col("beneficiary_id").n_unique().cast(pl.Int64))
        .group_by("payer_id")
        .agg(pl.col("strangers").max())
    )
