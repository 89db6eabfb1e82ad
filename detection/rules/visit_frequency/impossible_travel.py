"""One person's credential at two providers too far apart to travel between in the time (D08).

Null: such pairs happen by chance (a clock, a late entry, a phone that pays from afar), to each person as often as its
number of settlements lets one expect; the city's single pairs give the rate. Two or more in one window of days are
counted against it. Explained, and left out, are stays, emergencies, purchases that an agent made under a registered
context, and medicine that a relative fetches while the patient is with the doctor. Settlements entered in a bunch and
sales by post are for the provider to verify.
"""

from __future__ import annotations

from detection.circumstances.travel.pairs import hasty_pairs
from detection.circumstances.travel.unexplained import evidence_of, hits_of
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Both settlements of the pairs of people to whom it happened too often for chance.

    Compared are neighbors in time, net of reversals. Two causes are not assessed here: settlements entered in a bunch,
    and sales of a pharmacy most of whose customers live elsewhere. A phone can pay from afar, and of two credentials a
    relative may hold one: such pairs need more of their kind.
    """
    return hits_of(hasty_pairs(context, thresholds), context, thresholds)


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with several such pairs in one window."""
    return evidence_of(hasty_pairs(context, thresholds), context, thresholds)
