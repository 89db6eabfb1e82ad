"""How well a ranking puts what is wrong before what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from detection.evaluation.proportion import Proportion
from detection.evaluation.truth import Truth

PLACES = (20, 30, 50, 100)


@dataclass(frozen=True)
class RankingOutcome:
    """A ranking of one kind of subject against the truth.

    Attributes:
        kind: of subject.
        ranked: how many entities were ranked, without those that are only involved.
        suspects: how many should stand first.
        average_precision: of the ranking; suspects that it lacks count as missed. NaN without suspects.
        by_spend: the average precision of the ranking by money alone.
        precision: share of suspects among the first places.
    """

    kind: str
    ranked: int
    suspects: int
    average_precision: float
    by_spend: float
    precision: dict[int, Proportion]


def judge_ranking(truth: Truth, kind: str, scores: pl.DataFrame) -> RankingOutcome:
    """A ranking against the truth.

    Args:
        truth: what is wrong.
        kind: of subject.
        scores: ``entity_id``, ``rank`` and ``spend_rank`` (null where unknown), exact ids.
    """
    suspects, involved = truth.suspects(kind), truth.involved.get(kind, set())
    left_out = pl.Series(sorted(involved - suspects), dtype=pl.String)
    counted = scores.filter(~pl.col("entity_id").is_in(left_out.implode()))
    orders = {
        name: [identity in suspects for identity in counted.sort(name, nulls_last=True)["entity_id"]]
        for name in ("rank", "spend_rank")
    }
    right = orders["rank"]
    return RankingOutcome(
        kind,
        counted.height,
        len(suspects),
        average_precision(right, len(suspects)),
        average_precision(orders["spend_rank"], len(suspects)),
        {place: Proportion(sum(right[:place]), min(place, len(right))) for place in PLACES},
    )


def average_precision(right: Sequence[bool], of: int) -> float:
    """Mean precision at the places of what is right.

    Args:
        right: by rank, best first.
        of: how many there are in all, ranked or not; NaN for none.
    """
    if not of:
        return float("nan")
    hits = np.asarray(right, dtype=np.float64)
    precision = np.cumsum(hits) / (np.arange(len(hits)) + 1)
    return float((precision * hits).sum() / of)
