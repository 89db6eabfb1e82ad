"""The reason of a place says what the order goes by: kinds of evidence, then money times certainty."""

from __future__ import annotations

import pytest
from support.drafts import AS_OF, a_draft
from support.store_runs import Store

from detection.alerts.draft import Money
from detection.alerts.ranking import expected_fen, scored
from detection.detectors.cards import MoneyKind
from detection.language.reason_of_place import of_alert, of_institution
from detection.store.queries import open_store
from detection.store.queries.alerts import Filters, rows


@pytest.mark.parametrize(
    ("language", "recover", "correct", "spending", "nothing"),
    [
        (
            "en",
            "3 kinds · CN¥27.60K to recover",
            "1 kind · CN¥12.00 to correct",
            "CN¥27.60K of spending",
            "2 kinds · no money",
        ),
        (
            "zh",
            "3 类证据 · 预期可追回 ¥2.76万",
            "1 类证据 · 待纠正 ¥12.00",
            "费用 ¥2.76万",
            "2 类证据 · 不涉及金额",
        ),
    ],
)
def test_the_reason_of_an_alert(
    language: str, recover: str, correct: str, spending: str, nothing: str
) -> None:
    assert of_alert(3, 27_600_00, "at_issue", "insured", language) == recover
    assert of_alert(1, 12_00, "at_issue", "agency", language) == correct
    assert of_alert(None, 27_600_00, "context", "institutions", language) == spending
    assert of_alert(2, 0, "at_issue", "data", language) == nothing


def test_the_reason_of_an_institution_names_its_evidence_and_both_kinds_of_money() -> None:
    money: dict[MoneyKind, Money] = {
        "context": Money(9_00),
        "in_question": Money(0, 5_00),
        "at_issue": Money(1_00, 2_00),
    }
    assert of_institution(["A", "B"], money, "en") == (
        "Kinds of evidence (2): A, B; At issue by rule: Pooled fund CN¥1.00, Accounts CN¥2.00; "
        "In question by pattern: Accounts CN¥5.00"
    )
    assert "weak signs" in of_institution([], money, "en")


def test_a_listed_alert_has_the_figures_of_its_place(store: Store) -> None:
    draft = a_draft("one", severity="watch", kinds=2, evidence_value=3.0, pool=900, account=0)
    store.run("first", *scored([draft], as_of=AS_OF))
    with open_store(store.workspace) as reader:
        [row] = rows(reader, Filters())
    assert (row.kinds, row.expected_fen) == (2, round(expected_fen(900, 3.0))) == (2, 450)
