"""Risk lists show every kind of subject, masked, with kinds of evidence where no model gives a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.wording import catalogue
from detection.detectors.catalogue import catalogue as detectors
from detection.store.queries.alert import alert_page
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader
from detection.store.queries.risk import KINDS, counts, risk_list, signs_of_alert

OpenPage = Callable[..., AppTest]
IDS = ("doctor-1", "operator-1", "mill", "group-1", "person-00000", "prov-000")


def html_of(app: AppTest) -> str:
    return "\n".join(str(piece.value) for piece in app.html)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_names_the_kinds_of_evidence_and_masks_ids(
    open_page: OpenPage, sample: Path, kind: str, language: str
) -> None:
    app = open_page(sample, "risk", lang=language, kind=kind)
    assert not app.exception
    shown = html_of(app)
    assert f"{detectors()['refund_resettle_loop'].card.words[language].label} 2.5" in shown
    assert catalogue(language)["risk.column.spend_rank"] in shown
    assert catalogue(language)["risk_basis.kinds"].format(n=2, of=2) in shown
    number = len(re.findall(catalogue(language)["risk_basis.without_strongest"].format(rank=r"\d+"), shown))
    assert number == shown.count(catalogue(language)["risk_basis.kinds"].format(n=2, of=2))
    assert not [identity for identity in IDS if identity in shown]


def test_a_page_of_a_list_follows_the_risk(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        first = risk_list(reader, "person", page=1, size=100)
        second = risk_list(reader, "person", page=2, size=100)
        assert counts(reader) == {kind: risk_list(reader, kind).total for kind in KINDS}
    assert first.total == second.total == 240
    ranks = [row.rank for row in (*first.rows, *second.rows)]
    assert ranks == list(range(1, 201))
    order = [row.risk for row in first.rows]
    assert order == sorted(order, reverse=True)
    assert all(re.fullmatch(r"[A-Z]-\w{13}", row.subject) for row in first.rows)
    assert [sign.detector for sign in first.rows[0].signs] == ["refund_resettle_loop", "split_prescription"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_alert_without_reasons_shows_the_kinds_of_evidence(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        listed = rows(reader, Filters())
        alert = next(
            row
            for row in listed
            if signs_of_alert(reader, row.alert_id) and not alert_page(reader, row.alert_id).reasons
        )
    app = open_page(sample, "alert", id=alert.alert_id, lang=language)
    assert not app.exception
    assert catalogue(language)["alert.signs"] in [caption.value for caption in app.caption]
