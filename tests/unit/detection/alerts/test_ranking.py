"""One order across detectors: severity gives the band, evidence and money the place in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.drafts import AS_OF, a_draft

from detection.alerts.ranking import scored
from detection.alerts.risk_card import risk_card
from features.errors import CardError


def test_an_alert_never_passes_one_of_a_graver_band() -> None:
    drafts = [
        a_draft("mild", severity="watch", strength=99.0, pool=10**9),
        a_draft("grave", severity="definite", pool=1),
        a_draft("middle", severity="suspicious", strength=0.1),
    ]
    mild, grave, middle = (item.score for item in scored(drafts, as_of=AS_OF))
    assert 20 < mild < 40 < middle < 60 < 80 < grave < 100


def test_inside_a_band_several_kinds_of_evidence_go_first_then_money_by_certainty_then_the_id() -> None:
    supported = a_draft("a", severity="watch", kinds=2, pool=1)
    certain = a_draft("b", severity="watch", evidence_value=6.0, pool=900)
    rich = a_draft("c", severity="watch", evidence_value=2.0, pool=1800)
    poor, twin = (a_draft(case, severity="watch", evidence_value=2.0, pool=100) for case in "de")
    scores = {
        item.subject.identity: item.score
        for item in scored([twin, poor, rich, certain, supported], as_of=AS_OF)
    }
    assert sorted(scores, key=lambda case: -scores[case]) == ["a", "b", "c", "d", "e"]


def test_more_than_three_kinds_make_no_difference() -> None:
    three = a_draft("three", severity="watch", kinds=3, pool=900)
    seven = a_draft("seven", severity="watch", kinds=7, pool=100)
    first, second = (item.score for item in scored([three, seven], as_of=AS_OF))
    assert first > second


def test_the_order_of_the_drafts_changes_no_score() -> None:
    drafts = [a_draft(str(number), strength=float(number % 3)) for number in range(9)]
    turned = {item.alert_id: item.score for item in scored(drafts[::-1], as_of=AS_OF)}
    assert {item.alert_id: item.score for item in scored(drafts, as_of=AS_OF)} == turned


def test_an_export_of_long_ago_has_an_order_too() -> None:
    [drafts] = scored([a_draft("old", severity="watch")], as_of=dt.date(1999, 12, 31))
    assert drafts.score == 30.0


def test_an_incomplete_risk_card_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "risk.toml"
    path.write_text('[[line]]\nname = "watch_from"\nvalue = 20\n')
    with pytest.raises(CardError, match="incomplete"):
        risk_card(path)
