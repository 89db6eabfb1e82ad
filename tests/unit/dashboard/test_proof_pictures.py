"""Pictures from stored values: every card has one, with what to look at, and another where values are missing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.alert_views.evidence_columns import split_columns, table_columns
from dashboard.charts import pictures
from dashboard.charts.pictures import FROM_PROOF, drawing_of
from dashboard.charts.proof.drawing import Drawing, Pair, Row
from dashboard.charts.proof.pair import pair
from dashboard.charts.proof.stay import stay
from dashboard.charts.proof.travel import travel
from dashboard.wording import catalogue
from detection.alerts.moment import Moment
from detection.detectors.cards import Picture
from detection.detectors.catalogue import catalogue as detectors
from detection.proof.columns import evidence_columns
from detection.store.queries import Filters
from detection.store.queries.alert import AlertPage, alert_page
from detection.store.queries.alerts import rows
from detection.store.queries.evidence import EvidenceRow, RecordRow, picture_records, picture_rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
_A_COLUMN = {
    "duplicate_benefit": "other_settlement",
    "ledger_break": "balance_expected",
    "inpatient_outpatient_overlap": "stay_provider",
    "cap_rush": "pool_used",
    "impossible_travel": "visit_settlement",
}
"""Of some detectors a column that stands in the table of their evidence."""
CARDS = {name: detector.card for name, detector in detectors().items()}


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "zh"})


def read(
    workspace: Path, detector: str, *, known: bool
) -> tuple[AlertPage, list[EvidenceRow] | list[RecordRow]]:
    """An alert of a detector and its rows, with or without stored values."""
    with open_reader(workspace) as reader:
        assert reader is not None
        for listed in rows(reader, Filters(detector=detector)):
            evidence = picture_rows(reader, listed.alert_id) or picture_records(reader, listed.alert_id)
            if bool(evidence[0].proof) is known:
                return alert_page(reader, listed.alert_id), evidence
    raise AssertionError(f"no such alert of {detector}")


def of_one_day(evidence: Sequence[Row]) -> list[Row]:
    """The same settlements, each an hour after the one before, as swipes of one day."""
    times = [Moment(dt.datetime(2024, 3, 1, 8 + number)) for number, _ in enumerate(evidence)]
    return [
        replace(row, settled_at=at) if isinstance(row, EvidenceRow) else row
        for row, at in zip(evidence, times, strict=True)
    ]


def spec(drawing: Drawing) -> str:
    """The picture as JSON."""
    if drawing.charts:
        return json.dumps([chart.to_dict() for chart in drawing.charts], ensure_ascii=False)
    return json.dumps(drawing.flow or [pair.lines for pair in drawing.pairs], ensure_ascii=False)


@pytest.mark.parametrize("detector", [name for name, card in CARDS.items() if card.picture in FROM_PROOF])
def test_the_picture_of_a_card_rests_on_stored_values(sample: Path, detector: str) -> None:
    alert, evidence = read(sample, detector, known=True)
    drawing = drawing_of(alert, of_one_day(evidence) if alert.card.picture == "operator_day" else evidence)
    assert drawing is not None
    text = spec(drawing)
    assert len(text) > 100
    assert not re.search(r"person-\d|doctor-\d|operator-1|settlement-\d|payer-1", text), "ids are masked"
    for language in ("en", "zh"):
        assert catalogue(language)[f"picture.caption.{drawing.caption}"]
    older, bare = read(sample, detector, known=False)
    assert drawing_of(older, bare) is None


def test_two_rows_side_by_side_show_a_revealed_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[list[str]] = []
    monkeypatch.setattr(pictures, "unmasked", lambda text: text.replace("P-AAA", "3206021970"))
    monkeypatch.setattr(pictures, "table", lambda _, cells: shown.extend(cells))
    pictures._pair(Pair((("person", "P-AAA", "P-BBB"),)))
    assert shown == [["person", "3206021970", "P-BBB"]]


def test_the_amount_of_a_reversal_is_not_made_up(sample: Path) -> None:
    _, [row, *_] = read(sample, "duplicate_benefit", known=True)
    assert isinstance(row, EvidenceRow)
    drawing = pair([replace(row, proof={"reversal": "S-AAAAAAAAAAAAA", "total": 12_300})])
    assert drawing is not None
    [[*_, (_, original, reversal)]] = [each.lines for each in drawing.pairs]
    assert "123" in original and reversal == ""


def test_every_picture_has_a_title_in_both_languages() -> None:
    assert set(FROM_PROOF) < set(get_args(Picture))
    for language in ("en", "zh"):
        assert all(f"picture.{name}" in catalogue(language) for name in get_args(Picture))


def test_places_without_coordinates_are_times_of_the_day(sample: Path) -> None:
    _, evidence = read(sample, "impossible_travel", known=True)
    unplaced: list[Any] = []
    for row in evidence:
        assert isinstance(row, EvidenceRow)
        proof: dict[str, Any] = {
            key: row.proof[key] for key in row.proof if key not in ("here", "there", "km")
        }
        proof["visit_at"] = f"{row.settled_at.day.isoformat()} 09:00:00"
        unplaced.append(replace(row, proof=proof))
    drawing = travel(unplaced)
    assert drawing is not None and drawing.caption == "travel_times"


def test_days_of_care_elsewhere_are_marked_on_the_stay(sample: Path) -> None:
    _, evidence = read(sample, "hanging_bed_seen_elsewhere", known=True)
    stays: dict[str, Any] = {"admitted": "2024-03-01", "discharged": "2024-03-09"}
    seen = [replace(row, proof={**stays, "elsewhere_days": ["2024-03-04"]}) for row in evidence]
    unseen = [replace(row, proof=stays) for row in evidence]
    marked, unmarked = stay(seen), stay(unseen)
    assert marked is not None and unmarked is not None
    assert [len(json.loads(spec(each))[0]["layer"]) for each in (marked, unmarked)] == [2, 1], (
        "no empty layer"
    )
    assert "2024-03-04T" in spec(marked) and "2024-03-04T" not in spec(unmarked)


def test_what_all_rows_share_stands_above_the_table_and_empty_columns_nowhere(sample: Path) -> None:
    alert, evidence = read(sample, "inpatient_outpatient_overlap", known=True)
    columns = table_columns(alert.card)
    same = [replace(row, proof={"stay_from": "2024-03-01"}) for row in evidence]
    shown, common = split_columns(columns, same)
    titles = {column.title for column in shown}
    assert "住院起" in {column.title for column in common}
    assert {"结算时间", "结算号", "情形", "来源文件与行号"} <= titles
    assert "住院止" not in titles | {column.title for column in common}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("detector", list(_A_COLUMN))
@pytest.mark.parametrize("known", [True, False])
def test_an_alert_page_shows_its_columns_or_does_without(
    open_page: OpenPage, sample: Path, detector: str, language: str, known: bool
) -> None:
    alert, evidence = read(sample, detector, known=known)
    app = open_page(sample, "alert", id=alert.row.alert_id, lang=language)
    assert not app.exception
    text = "\n".join(str(part.value) for kind in (app.html, app.caption) for part in kind)
    assert (evidence_columns()[_A_COLUMN[detector]].title[language] in text) is known
    if isinstance(evidence[0], EvidenceRow):
        assert evidence[0].settlement in text
