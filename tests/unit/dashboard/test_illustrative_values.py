"""A run on illustrative values states so on every page; a priced settlement is shown step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from dashboard.wording import catalogue
from detection.alerts.explanation import PRICED
from detection.store.connection import writing
from detection.store.schema import Alert, Run
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]
STEPS = [
    {"name": "in_scope", "fen": 40_953, "en": "Cost in scope", "zh": "符合范围费用"},
    {"name": "difference", "fen": -30_714, "en": "Paid too little", "zh": "少付"},
]


def text_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.caption))


@pytest.fixture
def priced(sample_to_change: Path) -> tuple[Path, str]:
    """A run on the illustrative profile, and an alert whose first settlement is explained."""
    engine = writing(open_workspace(sample_to_change).store)
    with Session(engine) as session:
        for run in session.scalars(select(Run)):
            run.manifest = {
                **run.manifest,
                "policy": {"profile": "illustrative", "digest": "d", "overlay": False},
            }
        alert = session.scalars(select(Alert).where(Alert.detector == "benefit_recalc_mismatch")).first()
        assert alert is not None
        alert.figures = {**alert.figures, PRICED: [{"settlement_id": "S-secret", "steps": STEPS}]}
        alert_id = alert.alert_id
        session.commit()
    engine.dispose()
    return sample_to_change, alert_id


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["home", "alerts", "methods", "data"])
def test_every_page_states_that_its_numbers_rest_on_illustrative_values(
    open_page: OpenPage, priced: tuple[Path, str], page: str, language: str
) -> None:
    words = catalogue(language)
    text = text_of(open_page(priced[0], page, lang=language))
    assert words["ribbon.illustrative"] in text
    assert words["ribbon.illustrative.text"] in text


def test_without_a_profile_no_page_mentions_it(open_page: OpenPage, sample: Path) -> None:
    assert catalogue("en")["ribbon.illustrative"] not in text_of(open_page(sample, "home", lang="en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_alert_page_shows_how_a_settlement_was_priced(
    open_page: OpenPage, priced: tuple[Path, str], language: str
) -> None:
    text = text_of(open_page(priced[0], "alert", id=priced[1], lang=language))
    assert catalogue(language)["alert.priced"] in text
    for step in STEPS:
        assert str(step[language]) in text
    assert "409.53" in text
    assert "S-secret" not in text
