"""The cases of the cards have the columns that carry their claim, and no column stops one."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from support.cases import policy_of, tables_of

from detection.alerts.build import build_alerts
from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.proof.attaching import with_proof
from features.engine import Views
from features.policy import load_policy

CARDS = {name: detector.card for name, detector in catalogue().items() if detector.module is not None}
_MOST_CASES = 4

REQUIRED: Mapping[str, set[str]] = {
    "inpatient_outpatient_overlap": {"stay_provider", "stay_from", "stay_to"},
    "hanging_bed_seen_elsewhere": {"elsewhere_days", "elsewhere_provider", "elsewhere_settlement"},
    "provider_not_designated": {"agreement_to"},
    "prohibited_purchase": {"goods"},
    "unlisted_premium": {"premium_kind", "insured_person"},
    "duplicate_benefit": {"other_settlement", "other_provider", "other_at", "other_amount"},
    "impossible_travel": {"visit_settlement", "visit_provider", "visit_at", "km", "minutes_between", "here"},
    "travel_between_districts": {"visit_settlement", "minutes_between"},
    "refund_resettle_loop": {"operator", "reversal", "reversed_at", "reversal_minutes"},
    "data_transmission_defect": {"served_on", "days_late"},
    "ineligible_person": {"died_on", "enrolled_until"},
    "family_authorization": {"payer", "relation", "authorized_from", "authorized_to"},
    "ledger_break": {"balance_before", "movement", "balance_expected", "balance_recorded"},
    "credit_rule_violation": {"credit_posted", "credit_due", "accrual_month"},
    "closed_policy_use": {"policy_from"},
    "split_prescription": {"prescriber"},
    "split_admission": {"earlier_stay", "earlier_discharged", "days_between_stays"},
    "duplicate_trace_code": {"pack", "sale_settlement", "sale_provider"},
}
"""What proves an alert, where the cases of its card have the columns for it; the others are in `test_themes`."""


def proofs(card: Card, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Columns of every row of evidence of a case."""
    tables, area = tables_of(case), case.get("area", "320600")
    policy = policy_of(case, load_policy(area, profile=case.get("profile")))
    context = DetectorContext(tables, Views(tables), policy, area)
    detector = catalogue()[card.detector].with_thresholds(case.get("thresholds", {}))
    hits = evaluate(detector, context).hits
    drafts = build_alerts(card, hits, tables, policy=policy, area=area, key=b"key")
    attached = with_proof(drafts, {card.detector: card}, context)
    texts = [text for draft in attached for rows in (draft.evidence, draft.records) for text in rows["proof"]]
    assert len(texts) == sum(draft.evidence_rows for draft in drafts)
    return [json.loads(text) for text in texts if text]


@pytest.mark.parametrize("name", CARDS)
def test_the_cases_of_a_card_have_the_columns_that_prove_it(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    card = CARDS[name]
    firing = [case for case in card.cases if case.get("hits")]
    assert firing
    required, known = REQUIRED.get(name, set()), set[str]()
    with caplog.at_level(logging.ERROR):
        for number, case in enumerate(firing):
            if number >= _MOST_CASES and required <= known:
                break
            known |= {column for proof in proofs(card, case) for column in proof}
    assert not caplog.records, caplog.text
    assert required <= known
