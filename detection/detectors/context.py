"""What a detector may read: the accepted tables, the views over them, and the policy in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from detection.detectors.cards import Thresholds
from features.benefit import Step
from features.engine import Views
from features.policy import Policy
from features.registry import Frame
from features.tables import Tables


@dataclass(frozen=True)
class DetectorContext:
    """Everything a detector may read.

    Attributes:
        assessable: the accepted tables, with only those rows of the card's subject table that the detector may
            assess (``context.assessable.settlements``).
        views: views over *all* accepted rows (``context.views["visits"]``).
        policy: dated policy of the area; empty for ``--area none``.
        area: the pooling area, or "none".
    """

    assessable: Tables
    views: Views
    policy: Policy
    area: str

    @property
    def whole(self) -> Tables:
        """The accepted tables with all of their rows (``context.whole.settlements``)."""
        return self.views.tables

    def coded(self, folder: Path) -> DetectorContext:
        """The same data with codes in place of ids; tables and views are written to a new folder."""
        folder.mkdir()
        views_folder = folder / "views"
        views_folder.mkdir()
        tables = self.whole.coded(folder)
        return replace(self, assessable=tables, views=Views(tables, views_folder))


Hits = Callable[[DetectorContext, Thresholds], Frame]
"""A detector's query; see "What a detector returns" in docs/design.md.

A statistical detector declares `StatisticalThresholds`, and is given them.
"""

StepsOf = Callable[[DetectorContext, Sequence[str]], Mapping[str, list[Step]]]
"""A detector's figures behind some settlements, step by step, by settlement."""

SubjectEvidence = Callable[[DetectorContext, Thresholds], Frame]
"""A detector's evidence about subjects, below the alert threshold too.

Columns ``subject_kind``, ``subject_id``, ``value`` (0 to 6, unit of `models.evidence.unit`), and optionally
``observed`` and ``expected``.
"""

ExposedPeople = Callable[[DetectorContext, Thresholds], Mapping[str, int]]
"""By cause, how many people could have had the violation, where people are what has to be counted and not rows."""

Artifacts = Callable[[DetectorContext, Thresholds], Mapping[str, pl.DataFrame]]
"""Tables of a detector that screens show, by name: ids as in the data."""
