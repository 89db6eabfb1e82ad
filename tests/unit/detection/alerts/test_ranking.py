"""One order across detectors: severity gives the band, strength and money the place in it."""

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


def test_inside_a_band_strength_goes_first_then_money_then_the_id() -> None:
    strong = a_draft("a", severity="watch", strength=3.0, pool=1)
    rich = a_draft("b", severity="watch", strength=2.0, pool=900)
    poor = a_draft("c", severity="watch", strength=2.0, pool=100)
    twin = a_draft("d", severity="watch", strength=2.0, pool=100)
    scores = {item.subject.identity: item.score for item in scored([twin, poor, rich, strong], as_of=AS_OF)}
    first, second, *last = sorted(scores, key=lambda case: -scores[case])
    assert (first, second) == ("a", "b")
    assert last == sorted("cd", key=lambda case: a_draft(case).alert_id)


def test_a_detector_with_many_alerts_does_not_push_another_down() -> None:
    many = [a_draft(f"m{number}", severity="watch", pool=number) for number in range(50)]
    alone = a_draft("alone", severity="watch", detector="another", pool=1)
    place = sorted(scored([*many, alone], as_of=AS_OF), key=lambda item: -item.score)
    assert [item.subject.identity for item in place].index("alone") in (25, 26)


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
