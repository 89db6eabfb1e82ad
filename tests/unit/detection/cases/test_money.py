"""What may be entered in the ledger of a case."""

from __future__ import annotations

import pytest

from detection.cases.money import Entry, Fund, RecoveryKind, problems


@pytest.mark.parametrize(
    ("kind", "fund", "fits"),
    [
        ("fine", "treasury", True),
        ("fine", "pool", False),
        ("recovered", "treasury", False),
        ("agreement_damages", "pool", True),
    ],
)
def test_fines_alone_go_to_the_treasury(kind: RecoveryKind, fund: Fund, fits: bool) -> None:
    known = [Entry("recovered", "treasury", "confirmed", 100)]
    against = problems(known, Entry(kind, fund, "upheld", 100), "disposed", "inspector")
    assert against == (() if fits else ("A fine goes to the treasury, and nothing else does.",))
