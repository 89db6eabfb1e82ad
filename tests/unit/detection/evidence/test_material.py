"""A case below the material minimum of its card stays evidence."""

from __future__ import annotations

from support.drafts import a_card, a_draft, line

from detection.detectors.cards import Thresholds
from detection.evidence.material import material, small_as_leads


def test_a_single_small_slip_is_no_alert() -> None:
    card = a_card(thresholds=Thresholds({"material_rows": (line(2),), "material_yuan": (line(20),)}))
    slip, twice = a_draft("k1"), a_draft("k2", settlements=("s1", "s2"))
    assert material(card, [slip, twice]) == [twice]
    assert material(a_card(), [slip, twice]) == [slip, twice]


def test_enough_money_makes_one_row_material() -> None:
    card = a_card(thresholds=Thresholds({"material_rows": (line(2),), "material_yuan": (line(12.34),)}))
    assert material(card, [a_draft("k1")])


def test_a_case_that_is_no_alert_is_a_lead_at_most() -> None:
    large, small, faint = (
        a_draft("k1", evidence_value=5.0),
        a_draft("k2", evidence_value=5.0),
        a_draft("k3", evidence_value=0.4),
    )
    counted = small_as_leads([large, small, faint], [large])
    assert [draft.evidence_value for draft in counted] == [5.0, 1.0, 0.4]
