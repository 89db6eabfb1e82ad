"""One risk for each subject: all of its evidence together.

The strongest piece counts in full, every further kind by `FURTHER`: kinds overlap, because they look at the same
settlements. Money breaks ties only. A model's rank is one kind among others, and never more than `WEAK`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

from detection.evidence.items import KEYS
from models.scoring import SCHEMA

FURTHER = 0.5
"""Share of every further kind of evidence; `docs/quality.md` shows that the order hardly depends on it."""

WEAK = 0.24
"""The most that money and the model's rank add together: they order what nothing else tells apart."""

_MONEY = 0.23
_MODEL = WEAK - _MONEY  # a tie-break: no model was shown to rank better than money (docs/quality.md)

RISK: dict[str, pl.DataType] = {
    "entity_id": pl.String(),
    "risk": pl.Float64(),
    "kinds": pl.Int64(),
    "kinds_in_run": pl.Int64(),
    "risk_without": pl.Float64(),
    "evidence": pl.String(),
}
"""``risk`` without the ties, ``kinds`` of evidence, how many kinds the run has about any subject of the list, the risk
without the strongest kind, and the items as JSON, strongest first."""


def risks(items: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Risk of the subjects of one kind that have any evidence.

    Args:
        items: columns of `detection.evidence.items.ITEMS`, each subject and detector once.
        kind: ``person``, ``provider``, ``payer_account``, ``prescriber`` ...

    Returns:
        Columns of `RISK`, sorted by risk (highest first), then id.
    """
    own = items.filter(subject_kind=kind).sort(*KEYS[1:])
    ordered = own.sort("subject_id", "value", "detector", descending=[False, True, False])
    if ordered.is_empty():
        return pl.DataFrame(schema=RISK)
    in_run = ordered["detector"].n_unique()
    rows = []
    for (identity,), part in ordered.group_by("subject_id", maintain_order=True):
        values = part["value"].to_list()
        risk, without = _together(values), _together(values[1:])
        rows.append((identity, round(risk, 6), len(values), in_run, round(without, 6), _as_json(part)))
    return pl.DataFrame(rows, schema=RISK, orient="row").sort("risk", "entity_id", descending=[True, False])


def _together(values: Sequence[float]) -> float:
    """Risk of pieces of evidence, strongest first."""
    return values[0] + FURTHER * sum(values[1:]) if values else 0.0


def _as_json(part: pl.DataFrame) -> str:
    return json.dumps(
        [
            {"detector": detector, "value": round(value, 3)}
            for detector, value in part.select("detector", "value").iter_rows()
        ]
    )


def fused(
    scores: pl.DataFrame | None, risk: pl.DataFrame, excess: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Scores of one kind of entity with the risk in place of the model's score.

    Args:
        scores: columns of `models.scoring.SCHEMA`; no rows where the model could not score, None where there is none.
        risk: from `risks`.
        excess: ``entity_id`` and ``excess`` in fen (`models.evidence.excess`), where it is known.

    Returns:
        ``score`` is the risk and a share of a point for money and for the model's rank. The money is the rank by
        spend and, twice as heavy, the rank by excess; the spend rank alone where no excess is known.
        ``model_score`` and ``model_rank`` are the model's own. ``rank_without`` is the rank that a subject would have
        without its strongest kind of evidence, null where it has none. Entities that only have evidence are added.
        Sorted by rank.
    """
    modeled = pl.DataFrame(schema=SCHEMA) if scores is None else scores
    count = max(modeled.height, 1)
    joined = modeled.rename({"score": "model_score", "rank": "model_rank"}).join(
        risk, on="entity_id", how="full", coalesce=True
    )
    if excess is not None:
        joined = joined.join(excess, on="entity_id", how="left").with_columns(
            excess_rank=pl.col("excess").rank("min", descending=True)
        )
    names = ("model_rank", "spend_rank", *(("excess_rank",) if excess is not None else ()))
    from_top = {name: (1 - (pl.col(name) - 1) / count).fill_null(0.0) for name in names}
    money = from_top["spend_rank"]
    if excess is not None:
        money = (money + 2 * from_top["excess_rank"]) / 3
    ties = _MONEY * money + _MODEL * from_top["model_rank"]
    return (
        joined.with_columns(
            risk=pl.col("risk").fill_null(0.0),
            score=(pl.col("risk").fill_null(0.0) + ties).round(6),
            score_without=(pl.col("risk_without") + ties).round(6),
            kinds=pl.col("kinds").fill_null(0),
            evidence=pl.col("evidence").fill_null("[]"),
            on_model=pl.col("on_model").fill_null(False),
        )
        .sort("score", "spend_rank", "entity_id", descending=[True, False, False], nulls_last=True)
        .with_columns(
            rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64), rank_without=_rank_without_strongest()
        )
        .drop("risk_without", "score_without")
    )


def _rank_without_strongest() -> pl.Expr:
    """Rank of ``score_without`` among the scores, sorted highest first; the subject's own higher score counts it."""
    higher = pl.len() - pl.col("score").reverse().search_sorted(pl.col("score_without"), side="right")
    return pl.when(pl.col("score_without") < pl.col("score")).then(higher.cast(pl.Int64))
