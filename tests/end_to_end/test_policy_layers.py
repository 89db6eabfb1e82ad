"""A run on a profile and on a fund's own values: what it is asked, what it says of them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.commands import fundwatch
from support.policy_files import FIVE_WRONGS, OWN, own

from detection.store.queries import open_store
from detection.store.schema import Assessability, Run
from features.workspace import open_workspace

DETECTOR = "benefit_recalc_mismatch"


def run_city(city: Path, workspace: Path, *more: str | Path) -> int:
    return fundwatch("run", "--data", city, "--workspace", workspace, "--area", "320600", *more).code


def run_of(workspace: Path) -> tuple[Run, dict[str, str], tuple[str, ...]]:
    """The current run, the status of every detector, and what every reader is told."""
    with open_store(open_workspace(workspace)) as store:
        session: Session = store.session
        status = {scalar.detector: scalar.status for scalar in session.scalars(select(Assessability))}
        return store.current_run(), status, store.marks


@pytest.fixture(scope="module")
def profiled(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("profiled") / "ws"
    folder = own(tmp_path_factory.mktemp("own"), OWN)
    assert run_city(small_city, root, "--profile", "illustrative", "--policy-dir", folder) == 0
    return root


def test_without_a_profile_prices_are_not_assessable(finished: Path) -> None:
    """What is verified, from when the pool pays, is assessed all the same."""
    run, status, marks = run_of(finished)
    assert status[DETECTOR] == "not_assessable"
    assert status["paid_before_the_start"] == "available"
    assert run.manifest["policy"]["profile"] is None
    assert "illustrative" not in marks


def test_in_baotou_without_a_profile_too(small_city: Path, tmp_path: Path) -> None:
    assert (
        fundwatch("run", "--data", small_city, "--workspace", tmp_path / "ws", "--area", "150200").code == 0
    )
    with open_store(open_workspace(tmp_path / "ws")) as store:
        session: Session = store.session
        stored = session.scalars(select(Assessability).where(Assessability.detector == DETECTOR)).one()
    assert stored.status == "not_assessable"
    assert "policy not known: benefit.deductible_mode" in stored.reason_en
    assert "benefit.ratio" in stored.reason_en


def test_with_a_profile_they_are_and_the_run_says_on_what_it_rests(finished: Path, profiled: Path) -> None:
    run, status, marks = run_of(profiled)
    assert status[DETECTOR] in ("available", "partial")
    assert (run.manifest["policy"]["profile"], run.manifest["policy"]["overlay"]) == ("illustrative", True)
    assert marks == ("simulated", "illustrative")
    assert run.config_digest != run_of(finished)[0].config_digest
    printed = fundwatch("alerts", "--workspace", profiled).out
    assert "Illustrative policy values" in printed


def test_a_wrong_folder_is_refused_before_anything_is_made(small_city: Path, tmp_path: Path) -> None:
    assert run_city(small_city, tmp_path / "ws", "--policy-dir", own(tmp_path, FIVE_WRONGS)) == 5
    assert not (tmp_path / "ws").exists()
