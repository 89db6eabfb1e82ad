"""One person's credential in two districts within minutes, at a provider whose coordinates are not known (D08).

The fallback of `impossible_travel` for providers without coordinates. Districts border on each other, so that only
few minutes count, and only several times. Null, exposure and innocent reasons are those of `impossible_travel`.
"""

from __future__ import annotations

from detection.circumstances.travel.pairs import district_pairs
from detection.circumstances.travel.unexplained import evidence_of, hits_of
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Both settlements of the pairs of people to whom it happened too often for chance."""
    return hits_of(district_pairs(context, thresholds), context, thresholds)


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with several such pairs in one window."""
    return evidence_of(district_pairs(context, thresholds), context, thresholds)
