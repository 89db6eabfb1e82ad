"""A case below the material minimum of its card stays evidence."""

from __future__ import annotations

from support.drafts import a_card, a_draft, line

from detection.detectors.cards import Thresholds
from detection.evidence.material import material


def test_a_single_small_slip_is_no_alert() -> None:
    card = a_card(thresholds=Thresholds({"material_rows": (line(2),), "material_yuan": (line(20),)}))
    slip, twice = a_draft("k1"), a_draft("k2", settlements=("s1", "s2"))
    assert material(card, [slip, twice]) == [twice]
    assert material(a_card(), [slip, twice]) == [slip, twice]


def test_enough_money_makes_one_row_material() -> None:
    card = a_card(thresholds=Thresholds({"material_rows": (line(2),), "material_yuan": (line(12.34),)}))
    assert material(card, [a_draft("k1")])
