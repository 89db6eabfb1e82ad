"""Alerts and rankings against a truth made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from detection.evaluation.alerts import judge_alerts
from detection.evaluation.calibration import calibration
from detection.evaluation.proportion import Proportion
from detection.evaluation.rankings import average_precision, judge_ranking
from detection.evaluation.report import report
from detection.evaluation.tables import summary, tables
from detection.evaluation.truth import Truth, read_truth
from features.errors import InputError

_COLUMNS = ("entity_kind", "entity_id", "typology", "instance_id", "role")
PLANTED = """
    settlement s1 loop L1 settlement
    settlement s2 loop L1 settlement
    settlement s9 loop L1 camouflage
    provider   p1 loop L1 subject
    provider   p7 loop L1 venue
    person     anna lent L2 member
    payer_account bob credit L3 subject
"""
LAWFUL = """
    settlement s5 loop T1 settlement
    settlement s6 loop T1 settlement
    provider   p2 market T2 subject
"""


def table(drawing: str) -> pl.DataFrame:
    rows = [line.split() for line in drawing.strip().splitlines()]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    table(PLANTED).write_parquet(tmp_path / "entities.parquet")
    table(LAWFUL).write_parquet(tmp_path / "benign_lookalikes.parquet")
    return read_truth(tmp_path)


def alert(
    subject: str,
    identity: str,
    settlements: str,
    members: str = "",
    kind: str = "rule",
    typology: str = "lent",
) -> dict[str, Any]:
    return {
        "typology": typology,
        "alert_id": f"A-{identity}",
        "detector": "a_rule",
        "detector_kind": kind,
        "subject_kind": subject,
        "subject_id": identity,
        "member_ids": members.split(),
        "settlement_ids": settlements.split(),
        "rank": 1,
    }


def alerts(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows))


@pytest.mark.parametrize(
    ("row", "instances"),
    [
        (alert("person", "zoe", "s1 s2"), {"L1"}),
        (alert("person", "zoe", "s1 s2 s3 s4 s5"), set()),  # less than half, and no suspect
        (alert("person", "zoe", "s1"), {"L1"}),
        (alert("person", "zoe", "s1 s3"), set()),  # half of two, but a single row
        (alert("provider", "p1", "s1 s3 s4 s5"), {"L1"}),  # a suspect, and a quarter
        (alert("provider", "p1", "s1 s3 s4 s5 s6"), set()),
        (alert("provider", "p7", "s3 s4"), set()),  # only the venue
        (alert("person", "anna", "s3"), {"L2"}),  # the instance has no settlements
        (alert("person", "bob", "", typology="credit"), {"L3"}),  # an account's id is its owner's
        (alert("person", "bob", ""), set()),  # nothing but the individual in common
        (alert("group", "g1", "s3", members="anna carl"), {"L2"}),
        (alert("group", "g1", "s3", members="anna carl dora"), set()),
    ],
)
def test_an_alert_is_right_by_its_evidence_or_by_its_subject(
    truth: Truth, row: dict[str, Any], instances: set[str]
) -> None:
    (outcomes,) = judge_alerts(truth, alerts(row))
    assert outcomes.instances == instances


def test_a_lookalike_is_known_by_its_subject_or_its_evidence(truth: Truth) -> None:
    outcomes = judge_alerts(truth, alerts(alert("provider", "p2", "s3"), alert("person", "zoe", "s5 s4")))
    assert [each.on_lookalike for each in outcomes] == [True, True]


def test_average_precision_counts_what_is_not_ranked() -> None:
    assert average_precision([True, False, True], 2) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([True], 4) == 0.25
    assert average_precision([], 0) != average_precision([], 0)


def test_a_ranking_leaves_out_who_is_only_involved(truth: Truth) -> None:
    scores = pl.DataFrame(
        {"entity_id": ["p7", "p1", "p3"], "rank": [1, 2, 3], "spend_rank": [2, None, 1]},
        schema_overrides={"spend_rank": pl.Int64},
    )
    outcomes = judge_ranking(truth, "provider", scores)
    assert (outcomes.ranked, outcomes.suspects, outcomes.average_precision) == (2, 1, 1.0)
    assert outcomes.by_spend == 0.5
    assert outcomes.precision[20] == Proportion(1, 2)


def test_calibration_counts_innocent_subjects_only(truth: Truth) -> None:
    items = pl.DataFrame(
        {
            "subject_kind": ["provider"] * 4,
            "subject_id": ["p1", "p7", "p3", "p4"],
            "detector": ["a_rule"] * 4,
            "value": [6.0, 6.0, 2.5, 1.0],
        }
    )
    counted = calibration(truth, items).select("level", "innocent").rows()
    assert counted == [(1.0, 2), (2.0, 1), (3.0, 0)]


def test_the_report_counts_what_rules_find_and_what_lists_alone_find(truth: Truth) -> None:
    outcomes = report(
        truth,
        alerts(alert("provider", "p1", "s1 s2"), alert("person", "anna", "s8", kind="model")),
        {},
        pl.DataFrame(
            schema={
                "subject_kind": pl.String,
                "subject_id": pl.String,
                "detector": pl.String,
                "value": pl.Float64,
            }
        ),
    )
    detected = {each.typology: (each.instances.hits, each.listed) for each in outcomes.recalls}
    assert detected == {"loop": (1, 0), "lent": (0, 1), "credit": (0, 0)}
    assert outcomes.right == Proportion(2, 2)
    assert outcomes.twins == Proportion(0, 2)
    assert set(tables(outcomes)) == {"detectors", "instances", "rankings", "calibration"}
    assert summary(outcomes)["instances found"].startswith("1/3")


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no truth"):
        read_truth(tmp_path)
