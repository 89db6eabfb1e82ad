"""One person for whom many accounts pay whose owners cannot all be relatives (D26).

Signs: relations that ages, sexes or numbers exclude (two wives, a fifth parent); money from homes in several
divisions; more payers than others have; several accounts that were used up within days of the authorization.
Null and rivals: those of `models.evidence.sharing`; exposure: everybody whom another account paid for. Several
children who pay for one frail parent are possible relatives, and their number does not count. How soon accounts are
used up has its own null (`detection.circumstances.accounts.spent_at_once`), and is a second look.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.accounts.spent_at_once import days_until_spent, spent_at_once
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.kin import beyond, kin_limits, known_ties, relation_counts
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.sharing import ELSEWHERE, MANY, RELATIONS, sharing_evidence
from models.evidence.unit import ALERT

_AT_ONCE = "at_once"
_CAUSES = {RELATIONS: "relations", ELSEWHERE: "homes", MANY: "many", _AT_ONCE: "at_once"}


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Every payment of others for a person whose payers cannot all be relatives; one case per person.

    Columns: settlement_id, subject_id (the person), cause (the strongest sign), strength (evidence), member_id (the
    owner of the account that paid).
    """
    least = [int(thresholds.latest(name)) for name in ("least_payers", "least_payments", "least_yuan")]
    cause = pl.col("sign").replace_strict(_CAUSES, return_dtype=pl.String)
    people = (
        _people(context, thresholds)
        .filter(
            pl.col("value") >= ALERT,
            _enough(least[0]),
            pl.col("payments") >= least[1],
            pl.col("aid") >= least[2] * FEN_PER_YUAN,
        )
        .select(cause, "value", person_id="beneficiary_id")
        .rename({"sign": "cause"})
    )
    return (
        context.views["net_settlements"]
        .filter(nw.col("mutual_aid_paid") > 0, nw.col("mutual_aid_payer_id") != nw.col("person_id"))
        .join(nw.from_native(people.lazy()), on="person_id", how="inner")
        .select(
            "settlement_id",
            "cause",
            subject_id=nw.col("person_id"),
            strength=nw.col("value"),
            member_id=nw.col("mutual_aid_payer_id"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with enough payers, below the alert too, with the payers and those that are usual."""
    people = _people(context, thresholds).filter(
        pl.col("value") > 0, _enough(int(thresholds.latest("least_payers")))
    )
    return nw.from_native(people.lazy()).select(
        "value",
        subject_kind=nw.lit("person"),
        subject_id=nw.col("beneficiary_id"),
        observed=nw.col("people").cast(nw.Float64),
        expected=nw.col("usual"),
    )


def _enough(payers: int) -> pl.Expr:
    """Payers beyond a usual family; how many have to be used up at once is for the null to say."""
    return (pl.col("people") >= payers) | (pl.col("sign") == _AT_ONCE)


def _people(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Everybody whom another paid for: beneficiary_id, payments, aid (fen) and what `sharing_evidence` returns.

    Value and sign are those of the accounts that were used up at once where these are more unusual.
    """
    limits = kin_limits(thresholds)
    away = pl.col("payer_region") != pl.col("user_region")
    people = (
        known_ties(context, limits)
        .group_by("beneficiary_id")
        .agg(
            pl.col("payments", "aid").sum(),
            elsewhere=away.sum().cast(pl.Int64),
            excess=beyond("spouse", limits.spouses) + beyond("child", limits.parents),
            **relation_counts(),
        )
        .sort("beneficiary_id")
    )
    shared = sharing_evidence(people, limits, int(thresholds.latest("family_size")))
    ties = days_until_spent(context, int(thresholds.latest("later_days")))
    both = shared.join(spent_at_once(ties), on="beneficiary_id", how="left").sort("beneficiary_id")
    at_once = (pl.col("at_once").fill_null(0.0) - np.log10(2)).clip(lower_bound=0.0).round(6)
    sooner = at_once > pl.col("value")
    return both.with_columns(
        sign=pl.when(sooner).then(pl.lit(_AT_ONCE)).otherwise("sign"),
        value=pl.max_horizontal("value", at_once),
    )
