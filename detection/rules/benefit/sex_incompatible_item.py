"""Items for one sex, billed for people of the other (D14).

Evidence is a settlement with such an item. People whose sex is not registered are left out, and so are those about
whom the register may be wrong: see `detection.circumstances.bills.item_limits`.
"""

from __future__ import annotations

from detection.circumstances.bills.item_limits import against_the_limit, as_hits, limited_lines
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements with an item for the other sex."""
    lines = limited_lines(context, thresholds)
    return as_hits(against_the_limit(lines, "wrong_sex", context), "wrong_sex")
