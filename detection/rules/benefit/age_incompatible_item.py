"""Items for some ages, billed for people of another age (D15).

Evidence is a settlement with such an item. People whose day of birth is not registered are left out, and so are those
about whom the register may be wrong: see `detection.circumstances.bills.item_limits`. What one doctor gives a person
above the limit for one illness, at even distances, is a treatment: an old patient who cannot swallow gets a child's
syrup. Whether it was one the medical record tells (``course``).
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.bills.courses import treated_by_one_doctor
from detection.circumstances.bills.item_limits import against_the_limit, as_hits, limited_lines
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements with an item for another age."""
    wrong = against_the_limit(limited_lines(context, thresholds), "wrong_age", context)
    courses = treated_by_one_doctor(wrong.filter("too_old"), context)
    item = ["person_id", "item_code"]
    treated = wrong.filter("too_old").join(courses, on=item, how="semi")
    others = wrong.join(treated.select("settlement_id"), on="settlement_id", how="anti")
    return nw.concat([as_hits(others, "wrong_age"), as_hits(treated, "course")])
