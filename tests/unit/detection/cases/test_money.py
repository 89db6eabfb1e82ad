"""What may be entered in the ledger of a case."""

from __future__ import annotations

import pytest

from detection.cases.money import Entry, Fund, MoneyStage, RecoveryKind, problems, unsettled


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


def test_after_an_appeal_the_ledger_takes_the_judgment() -> None:
    steps: list[tuple[MoneyStage, str]] = [
        ("confirmed", "investigating"),
        ("upheld", "party_informed"),
        ("received", "disposed"),
    ]
    ledger = [Entry("recovered", "pool", stage, 100) for stage, _ in steps]
    for stage, state in steps:
        less = Entry("recovered", "pool", stage, -60)
        assert problems(ledger, less, state, "supervisor") == ()
        ledger.append(less)
    assert unsettled(ledger) == 0
    more = Entry("recovered", "pool", "upheld", 1)
    assert problems(ledger, more, "disposed", "supervisor") == ("upheld would exceed confirmed.",)


def test_a_case_is_settled_when_neither_side_owes() -> None:
    upheld = Entry("recovered", "pool", "upheld", 100)
    received = Entry("recovered", "pool", "received", 100)
    assert unsettled([upheld]) == 100
    assert unsettled([received]) == 100
    assert unsettled([upheld, received]) == 0
