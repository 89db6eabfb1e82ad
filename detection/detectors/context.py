"""What a detector may ask: the accepted tables, the staged views, and the policy in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from detection.detectors.cards import Thresholds
from features.benefit import Step
from features.engine import Views
from features.policy import Policy
from features.registry import Frame
from features.table_access import TableAccess, TableFrame
from features.tables import Tables


@dataclass(frozen=True)
class DetectorContext(TableAccess):
    """Everything a detector may read.

    Attributes:
        tables: accepted tables, already narrowed to the rows that the detector can judge.
        views: staged views of the *whole* data (``context.views["visits"]``).
        policy: dated policy of the area; empty for ``--area none``.
        area: the pooling area, or "none".
    """

    tables: Tables
    views: Views
    policy: Policy
    area: str

    def frame(self, table: str) -> TableFrame:
        """A table of the contract, narrowed to the rows that the detector can judge."""
        return self.tables.frame(table)


StepsOf = Callable[[DetectorContext, Sequence[str]], Mapping[str, list[Step]]]
"""A detector's figures behind some settlements, step by step, by settlement."""

Hits = Callable[[DetectorContext, Thresholds], Frame]
"""A detector's question; see "What a detector returns" in docs/design.md."""

Artifacts = Callable[[DetectorContext, Thresholds], Mapping[str, pl.DataFrame]]
"""Tables of a detector that screens show, by name: ids as in the data."""
