"""Every page opens in both languages, on an empty workspace and on a filled alert."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.dashboard_fixtures import EMPTY_USER

from dashboard.wording import catalogue
from detection.detectors.catalogue import catalogue as catalogue_of_detectors
from detection.indicators.card import SCREENS
from detection.language.policy import policy_title
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.evidence import records
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
PAGES = ("home", "alerts", "risk", "alert", "network", "family", "methods", "data", "audit", *SCREENS)
HEADINGS = {language: [catalogue(language)[f"nav.{page}"] for page in PAGES] for language in ("en", "zh")}
SIMULATED = {"en": "Simulated data", "zh": "模拟数据"}
NEVER = ("fraud", "collusion", "proven", "欺诈", "骗保", "串通")


def text_of(app: AppTest) -> str:
    """All texts of the page."""
    parts = [piece.value for kind in (app.html, app.markdown, app.caption, app.warning) for piece in kind]
    labels = [
        widget.label for kind in (app.selectbox, app.text_input, app.button, app.checkbox) for widget in kind
    ]
    return "\n".join(str(part) for part in (*parts, *labels))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_a_filled_store(open_page: OpenPage, sample: Path, page: str, language: str) -> None:
    app = open_page(sample, page, lang=language)
    assert not app.exception
    text = text_of(app)
    assert f"<h1>{HEADINGS[language][PAGES.index(page)]}</h1>" in text
    assert SIMULATED[language] in text
    assert not [word for word in NEVER if word in text.lower()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_alert_on_records_shows_them_with_their_place_in_the_source(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        [alert, *_] = rows(reader, Filters(detector="ledger_break"))
        [record, *_] = [row.record for row in records(reader, alert.alert_id, page=1, size=1)]
    app = open_page(sample, "alert", id=alert.alert_id, lang=language)
    assert not app.exception
    text = text_of(app)
    assert record in text and "account_entries.csv" in text
    assert catalogue(language)["table.account_entries"] in text
    assert catalogue(language)["alert.rows"] not in re.findall("<h2>(.*?)</h2>", text)
    assert len(app.get("vega_lite_chart")) >= 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_workspace_shows_what_to_do(
    open_page: OpenPage, empty: Path, page: str, language: str
) -> None:
    app = open_page(empty, page, signed_in_as=EMPTY_USER, lang=language)
    assert not app.exception
    assert "fundwatch run --data DIR" in text_of(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["tables", "quarantine", "flagged", "matrix", "runs"])
def test_every_part_of_the_data_page_opens(
    open_page: OpenPage, sample: Path, part: str, language: str
) -> None:
    assert not open_page(sample, "data", lang=language, part=part).exception


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_features_are_shown_in_words(open_page: OpenPage, sample: Path, language: str) -> None:
    app = open_page(sample, "methods", lang=language, part="features")
    assert not app.exception
    assert "visits_per_enrolled_month" in text_of(app)


def test_a_folder_that_is_no_workspace_is_reported_without_a_crash(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_page(tmp_path, "home")
    assert not app.exception
    assert "not a fundwatch workspace" in app.error[0].value


def test_the_language_stays_in_the_url(open_page: OpenPage, sample: Path) -> None:
    app = open_page(sample, "home", lang="zh")
    assert app.query_params["lang"] in ("zh", ["zh"])
    assert "lang=zh" in text_of(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_thresholds_and_policy_values_are_shown_in_words(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    cards = {name: detector.card for name, detector in catalogue_of_detectors().items()}
    with open_reader(sample) as reader:
        assert reader is not None
        [row, *_] = rows(
            reader, Filters(detector="account_cash_out", list="all"), sort="rank", page=1, size=1
        )
    shown = text_of(open_page(sample, "alert", id=row.alert_id, lang=language))
    thresholds = cards["account_cash_out"].thresholds
    assert {name for name in thresholds.values if f">{name}<" in shown} == set()
    assert f'<span title="min_sums">{thresholds.title("min_sums", language)}</span>' in shown
    methods = text_of(open_page(sample, "methods", detector="benefit_recalc_mismatch", lang=language))
    thresholds = cards["benefit_recalc_mismatch"].thresholds
    assert f'<span title="tolerance">{thresholds.title("tolerance", language)}</span>' in methods
    assert policy_title("benefit.annual_cap", language) in methods
    assert "benefit.annual_cap" not in methods
