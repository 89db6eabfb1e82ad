"""Items for some ages, billed for people of another age (D15).

Evidence is a settlement with such an item. People whose day of birth is not registered are left out, and so are those
about whom the register may be wrong: see `detection.circumstances.bills.item_limits`.
"""

from __future__ import annotations

from detection.circumstances.bills.item_limits import against_the_limit, as_hits, limited_lines
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements with an item for another age."""
    lines = limited_lines(context, thresholds)
    return as_hits(against_the_limit(lines, "wrong_age"), "wrong_age")
