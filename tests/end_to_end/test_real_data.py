"""Data that nobody here wrote: features, scores, alerts, and a right answer to what could not be assessed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from unittest.mock import ANY

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support import exported
from support.commands import Ended, fundwatch
from support.paths import ROOT
from support.real_statuses import MATRIX, RAISED
from support.workspaces import ENTITIES, alerts, current_run, features, manifests, scores, store, unbalanced

from detection.detectors.case_tables import parse
from detection.store.schema import Assessability, Run

DATA = ROOT.parent / "shared" / "data"
MAPPINGS = ROOT / "tests" / "support" / "mappings"

pytestmark = pytest.mark.real_data

RELATIVES = {
    "medicare_inpatient": ('file = "inpatient_claims"\nnull = ["NA"]\ndistinct = ["BeneID"]', "BeneID"),
    "synthea": ('file = "patients"', "Id"),
}
"""What the tables of authorizations would be made of, had the sources any."""

POLICY = {
    "medicare_inpatient": ("not_assessable", "0 of 9,551 settlements"),
    "synthea": ("partial", " of 388 settlements"),
}
"""How far the family rule can look under a policy that is written down from 2023 on."""


class Real:
    """A data set that was run twice: without policy, and with Nantong's and mutual aid of nothing.

    Attributes:
        name: of the data set.
        root: workspace of the run without policy.
        said: what that run said.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.root = name, folder, folder / "none"
        self.printed = self.run(self.root, "none", MAPPINGS / f"{name}.toml")

    def run(self, root: Path, area: str, mapping: Path, data: Path | None = None) -> Ended:
        """A run as a user starts it."""
        return fundwatch(
            *(
                "run",
                "--data",
                data or DATA / self.name,
                "--workspace",
                root,
                "--area",
                area,
                "--mapping",
                mapping,
            )
        )

    def with_relatives(self) -> Path:
        """The mapping with everything that the family rule asks for, so that only the policy limits it."""
        source, person = RELATIVES[self.name]
        text = (MAPPINGS / f"{self.name}.toml").read_text(encoding="utf-8")
        text = text.replace(
            "[tables.settlements.columns]",
            '[tables.settlements.columns]\nmutual_aid_paid = { constant = "0" }\n'
            'mutual_aid_payer_id = { constant = "" }',
        )
        text += f"""
[tables.family_authorizations]
{source}
[tables.family_authorizations.columns]
authorization_id = "{person}"
payer_id = "{person}"
beneficiary_id = "{person}"
relation = {{ constant = "spouse" }}
valid_from = {{ constant = "2000-01-01 00:00:00" }}
"""
        mapping = self.folder / "relatives.toml"
        mapping.write_text(text, encoding="utf-8")
        return mapping

    def identities(self) -> set[str]:
        """Everything in the accepted tables that names a person, a provider or a settlement."""
        (snapshot,) = (self.root / "snapshots").iterdir()
        stored = pl.read_parquet(snapshot / "tables" / "settlements" / "*.parquet")
        return set().union(
            *(stored[name].to_list() for name in ("settlement_id", "person_id", "provider_id"))
        )


@pytest.fixture(scope="module", params=sorted(MATRIX))
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Real:
    if not (DATA / request.param).is_dir():
        pytest.skip(f"third-party data {request.param} are not beside the project")
    return Real(request.param, tmp_path_factory.mktemp(request.param))


def assessabilities(root: Path) -> dict[str, Assessability]:
    """The assessability matrix of the run that readers see."""
    with store(root) as session:
        rows = session.query(Assessability).filter_by(run_id=current_run(root).name)
        return {row.detector: row for row in rows}


def test_it_ends_well_and_every_row_and_fen_is_accounted_for(real: Real) -> None:
    assert real.printed.code == 0, real.printed.err
    (manifest,) = manifests(real.root)
    assert unbalanced(manifest) == []
    assert manifest["tables"]["settlements"]["rows"]["quarantined"] == 0


def test_features_and_scores_are_there_for_whom_there_is(real: Real) -> None:
    left_out = json.loads((current_run(real.root) / "left_out.json").read_text())
    for entity in ENTITIES:
        measured, ranked = features(real.root, entity), scores(real.root, entity)
        assert not set(left_out[entity]) & set(measured.columns)
        if assessabilities(real.root)[f"{entity}_anomaly"].status == "available":
            assert ranked.height == measured.height > 30
            assert ranked["rank"].min() == 1 and ranked["score"].is_between(0, 1).all()
    minutes = [name for item in left_out.values() for name, why in item.items() if "to the minute" in why]
    assert bool(minutes) == (real.name == "medicare_inpatient"), "days only: no feature guesses minutes"


def test_the_assessability_matrix_is_right(real: Real) -> None:
    actual, expected = assessabilities(real.root), parse(MATRIX[real.name])
    assert set(actual) == {row["detector"] for row in expected}
    for row in expected:
        reported = actual[row["detector"]]
        assert (row["detector"], reported.status) == (row["detector"], row["status"])
        phrases = [words.strip() for words in row["reason has"].split("&")]
        assert [words for words in phrases if words not in reported.reason_en] == [], reported.reason_en
        assert not row["not"] or row["not"] not in reported.reason_en
        assert bool(reported.reason_en) == bool(reported.reason_zh) == (reported.status != "available")
        assert row["detector"] in real.printed.out


def test_policy_is_that_of_the_claims_date_and_never_stops_a_run(real: Real) -> None:
    root = real.folder / "nantong"
    ended = real.run(root, "320600", real.with_relatives())
    assert ended.code == 0, ended.err
    reported = assessabilities(root)["family_authorization"]
    status, words = POLICY[real.name]
    assert reported.status == status
    assert words in reported.reason_en
    since_the_start = "policy known from 2023-01-01: family_mutual_aid.requires_authorization, "
    assert since_the_start + "family_mutual_aid.permitted_relations" in reported.reason_en
    days = pl.col("service_day").ge(pl.lit("2023-01-01").str.to_date().cast(pl.Int32)).sum()
    (snapshot,) = (root / "snapshots").iterdir()
    since = pl.scan_parquet(snapshot / "tables" / "settlements" / "*.parquet").select(days).collect().item()
    assert reported.rows_judged == since


def test_there_are_alerts_with_evidence_and_their_money_is_that_of_the_evidence(real: Real) -> None:
    raised = alerts(real.root)
    able = {
        name for name, reported in assessabilities(real.root).items() if reported.status != "not_assessable"
    }
    assert {item.detector for item in raised} == RAISED[real.name] <= able
    assert [item.rank for item in raised] == list(range(1, len(raised) + 1))
    assert all(item.evidence_rows > 0 for item in raised)
    assert all(item.amount_at_issue == item.pool_at_issue + item.account_at_issue for item in raised)
    assert {item.certainty for item in raised if item.severity == "definite"} <= {"deterministic"}


def test_exported_alerts_follow_the_contract_and_name_no_person(real: Real, tmp_path: Path) -> None:
    for file_format in ("csv", "parquet", "json"):
        out = tmp_path / f"alerts.{file_format}"
        ended = fundwatch(
            *("export", "alerts", "--workspace", real.root, "--format", file_format, "--out", out)
        )
        assert ended.code == 0, ended.err
    frame = pl.read_parquet(tmp_path / "alerts.parquet")
    assert dict(frame.schema) == exported.ALERT_COLUMNS
    for column, words in exported.WORDS.items():
        assert set(frame[column]) <= words
    rows = [exported.as_text(row) for row in frame.iter_rows(named=True)]
    assert exported.read_csv(tmp_path / "alerts.csv") == rows
    read = exported.read_json(tmp_path / "alerts.json")
    assert (read["simulated"], read["run_id"]) == (False, current_run(real.root).name)
    assert [row["pool_at_issue"] for row in read["alerts"]] == [row["pool_at_issue"] for row in rows]
    assert not (tmp_path / "alerts.csv.README.txt").exists(), "these data are no simulation"
    for name in ("alerts.csv", "alerts.json"):
        assert exported.names_any(tmp_path / name, real.identities()) == []
    assert frame["subject_id"].str.contains(r"^[PI]-[A-Z2-7]{13}$").all()


def test_exported_scores_follow_the_contract_and_name_no_person(real: Real, tmp_path: Path) -> None:
    arguments = ("--kind", "provider", "--workspace", real.root)
    for file_format in ("csv", "parquet"):
        out = tmp_path / f"scores.{file_format}"
        assert fundwatch("export", "scores", *arguments, "--format", file_format, "--out", out).code == 0
    frame = pl.read_parquet(tmp_path / "scores.parquet")
    assert dict(frame.schema) == exported.SCORE_COLUMNS
    rows = [exported.as_text(row) for row in frame.iter_rows(named=True)]
    assert exported.read_csv(tmp_path / "scores.csv") == rows
    assert frame.height == scores(real.root, "provider").height
    assert exported.names_any(tmp_path / "scores.csv", real.identities()) == []


@pytest.mark.parametrize("real", ["synthea"], indirect=True)
def test_every_alert_can_be_explained(real: Real) -> None:
    first = alerts(real.root)[0]
    for language, verdict in (("en", "An alert is not a verdict"), ("zh", "疑点不是结论")):
        ended = fundwatch("explain", first.alert_id, "--workspace", real.root, "--language", language)
        assert ended.code == 0, ended.err
        assert verdict in ended.out
        assert first.subject_id not in ended.out or first.subject_kind == "provider"


@pytest.mark.parametrize("real", ["synthea"], indirect=True)
def test_renaming_the_providers_changes_only_their_ids(real: Real, tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA / real.name, tmp_path / "data", copy_function=shutil.copyfile))
    data.chmod(0o755)
    encounters, places = (
        pl.read_csv(data / f"{name}.csv", infer_schema=False) for name in ("encounters", "organizations")
    )
    names = {old: f"{index * 31 % 47:02}-renamed" for index, old in enumerate(sorted(places["Id"]))}
    encounters.with_columns(pl.col("ORGANIZATION").replace_strict(names)).write_csv(data / "encounters.csv")
    places.with_columns(pl.col("Id").replace_strict(names)).write_csv(data / "organizations.csv")
    ended = real.run(tmp_path / "ws", "none", MAPPINGS / "synthea.toml", data)
    assert ended.code == 0, ended.err
    before, after = (
        scores(root, "provider").select("entity_id", "score") for root in (real.root, tmp_path / "ws")
    )
    expected = before.with_columns(pl.col("entity_id").replace_strict(names)).sort("entity_id")
    assert_frame_equal(expected, after.sort("entity_id"), check_exact=True)


def test_the_run_is_kept_with_its_request(real: Real) -> None:
    with store(real.root) as session:
        (run,) = session.query(Run)
        assert (run.area, run.simulated) == ("none", False)
        arguments = {
            "after_as_of": 0,
            "policy": {"profile": None, "overlay": False, "digest": ANY},
            "coverage": ANY,
            "accepted_missing": [],
            "switched_off": [],
            "readings": ANY,
        }
        assert run.manifest == {**manifests(real.root)[0], **arguments}
