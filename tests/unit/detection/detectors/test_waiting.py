"""Which detectors wait for what."""

from __future__ import annotations

from detection.detectors.waiting import waiting_for_columns, waiting_for_policy
from features.policy.parameters import PARAMETERS


def test_every_need_of_every_cause_counts() -> None:
    policy, columns = waiting_for_policy(), waiting_for_columns()
    assert set(policy) <= set(PARAMETERS)
    assert "benefit_recalc_mismatch" in policy["benefit.ratio"]
    assert "sex_incompatible_item" in columns["item_reference.sex_only"]
    assert "sex_incompatible_item" in columns["item_reference"]
    assert all(names == sorted(set(names)) for names in (*policy.values(), *columns.values()))
