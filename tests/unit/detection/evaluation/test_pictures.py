"""Pictures of an evaluation: what they count, where they are kept, and that the same figures look the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from detection.evaluation.pictures import exceedances, pictures
from detection.evaluation.proportion import Proportion
from detection.evaluation.rankings import PLACES, RankingOutcome
from detection.evaluation.report import Report
from detection.evaluation.tables import tables, write_tables
from features.workspace import open_workspace
from models.tracking import Tracker

_PNG = b"\x89PNG\r\n\x1a\n"
COUNTED = pl.DataFrame(
    [
        ("a", "person", 1.0, 4, 0.1),
        ("a", "provider", 1.0, 0, 0.1),
        ("a", "person", 1.5, 3, 0.03),
        ("a", "person", 2.0, 0, 0.01),
        ("a_rule", "person", 2.0, 50, 0.01),
    ],
    schema=["detector", "subject_kind", "level", "innocent", "expected"],
    orient="row",
)


def an_evaluation(*rankings: RankingOutcome) -> Report:
    nothing = Proportion(0, 0)
    return Report(nothing, {}, nothing, [], rankings, COUNTED)


def a_ranking(suspects: int) -> RankingOutcome:
    precision = {place: Proportion(min(place, suspects), place) for place in PLACES}
    return RankingOutcome("person", 500, suspects, 0.9, 0.1, precision)


def test_what_has_no_null_is_not_counted_and_none_has_an_upper_bound() -> None:
    rows = exceedances(COUNTED, {"a"}).rows(named=True)
    assert [(row["level"], row["innocent"]) for row in rows] == [(1.0, 4), (1.5, 3), (2.0, 0)]
    assert rows[0]["expected"] == pytest.approx(0.2)
    assert rows[0]["low"] == pytest.approx(1.09, abs=0.01)
    assert rows[0]["high"] == pytest.approx(10.24, abs=0.01)
    assert (rows[2]["low"], rows[2]["high"]) == (0.0, pytest.approx(3.69, abs=0.01))


def test_the_same_figures_give_the_same_picture_and_others_another() -> None:
    first, again, other = (pictures(an_evaluation(a_ranking(n)), {"a"}) for n in (40, 40, 90))
    assert set(first) == {"calibration.png", "precision.png"}
    assert all(content.startswith(_PNG) for content in first.values())
    assert first == again
    assert first["precision.png"] != other["precision.png"]
    assert first["calibration.png"] == other["calibration.png"]


def test_nothing_to_show_gives_a_picture_too() -> None:
    assert pictures(an_evaluation(), set())["calibration.png"].startswith(_PNG)
    assert pictures(an_evaluation(a_ranking(0)), {"a"})["precision.png"].startswith(_PNG)


def test_pictures_lie_next_to_the_tables_of_whole_levels(tmp_path: Path) -> None:
    write_tables(an_evaluation(a_ranking(40)), tmp_path)
    assert {path.name for path in tmp_path.glob("*.png")} == {"calibration.png", "precision.png"}
    assert tables(an_evaluation())["calibration"]["level"].unique().sort().to_list() == [1.0, 2.0]


def test_pictures_are_logged_with_the_figures(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "ws", create=True)
    Tracker(workspace).log_evaluation({"truth": 3}, {"alerts_right": 0.9}, {"calibration.png": _PNG})
    [logged] = workspace.mlflow_files.rglob("calibration.png")
    assert logged.read_bytes() == _PNG
