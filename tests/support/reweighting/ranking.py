"""One ranking of a finished city under other weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from support.reweighting.weights import Weights

from detection.evaluation.rankings import average_precision
from detection.evaluation.truth import Truth

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_INVOLVED = ("touched", "place")
"""Roles of pieces whose share is `Weights.involved` (`detection.evidence.pieces.Role`)."""


@dataclass(frozen=True)
class StoredRanking:
    """The subjects of one kind, in the order that breaks ties, and the pieces of their evidence.

    Attributes:
        tie: what money and the model add to the risk of each subject.
        suspect: whether each should stand first.
        suspects: how many should, ranked or not.
        subject, detector: of each piece, as indices, sorted by both.
        family: of each piece.
        value: of each piece, before an involved subject's share of it.
        involved: whether that share applies.
    """

    tie: Numbers
    suspect: NDArray[np.bool_]
    suspects: int
    subject: Indices
    detector: Indices
    family: NDArray[np.str_]
    value: Numbers
    involved: NDArray[np.bool_]

    def average_precision(self, weights: Weights) -> float:
        """Average precision under these weights; NaN where nothing is planted."""
        score = np.round(self.risk(weights), 6) + self.tie
        order = np.argsort(-np.round(score, 6), kind="stable")
        return average_precision([bool(each) for each in self.suspect[order]], self.suspects)

    def risk(self, weights: Weights) -> Numbers:
        """Risk of each subject: the strongest kind in full, further ones by their share."""
        risk = np.zeros(len(self.tie))
        if not len(self.value):
            return risk
        subject, kind = self._kinds(weights)
        order = np.lexsort((-kind, subject))
        subject, kind = subject[order], kind[order]
        first = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]])
        place = np.arange(len(subject)) - np.repeat(first, np.diff(np.r_[first, len(subject)]))
        share = np.where(place == 0, 1.0, weights.further) * (place < weights.kinds)
        np.add.at(risk, subject, kind * share)
        return np.minimum(risk, weights.most)

    def _kinds(self, weights: Weights) -> tuple[Indices, Numbers]:
        """Each subject and detector once, with its largest weighted value."""
        value = np.where(self.involved, self.value * weights.involved, self.value)
        for family, weight in weights.families.items():
            value = np.where(self.family == family, value * weight, value)
        new = np.r_[True, (np.diff(self.subject) != 0) | (np.diff(self.detector) != 0)]
        starts = np.flatnonzero(new)
        return self.subject[starts], np.maximum.reduceat(np.round(value, 9), starts)


def stored_ranking(
    truth: Truth, kind: str, ranked: pl.DataFrame, pieces: pl.DataFrame, families: Mapping[str, str]
) -> StoredRanking:
    """The ranking of a finished city.

    Args:
        truth: what is planted.
        kind: of subject.
        ranked: ``risk/<kind>.parquet`` of the run.
        pieces: ``risk/pieces.parquet`` of the run.
        families: by detector.
    """
    suspects = truth.suspects(kind)
    left_out = pl.Series(sorted(truth.involved.get(kind, set()) - suspects), dtype=pl.String)
    counted = (
        ranked.filter(~pl.col("entity_id").is_in(left_out.implode()))
        .sort("spend_rank", "entity_id", nulls_last=True)
        .with_row_index("subject")
    )
    own = (
        pieces.filter(subject_kind=kind)
        .join(counted.select("subject", "entity_id"), left_on="subject_id", right_on="entity_id", how="inner")
        .with_columns(number=pl.col("detector").rank("dense"), involved=pl.col("role").is_in(_INVOLVED))
        .with_columns(value=pl.when("involved").then("value").otherwise(pl.col("value") * pl.col("share")))
        .sort("subject", "number", "role", "value")
    )
    return StoredRanking(
        (counted["score"] - counted["risk"]).to_numpy(),
        counted["entity_id"].is_in(pl.Series(sorted(suspects), dtype=pl.String).implode()).to_numpy(),
        len(suspects),
        own["subject"].cast(pl.Int64).to_numpy(),
        own["number"].cast(pl.Int64).to_numpy(),
        np.array([families.get(name, name) for name in own["detector"]], dtype=np.str_),
        own["value"].to_numpy(),
        own["involved"].to_numpy(),
    )
