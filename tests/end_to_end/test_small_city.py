"""The whole run on the small city kept in the repository gives the alerts that a reviewer has seen."""

from __future__ import annotations

from pathlib import Path

from support.golden import ALERTS, assert_up_to_date
from support.paths import SMALL_CITY
from support.workspaces import current_run, store

from detection.detectors.catalogue import catalogue
from detection.run.detect import FAILED
from detection.store.schema import Assessability


def test_the_alerts_of_the_small_city_are_those_seen_before() -> None:
    assert_up_to_date(ALERTS)


def test_the_small_city_says_that_it_is_simulated_and_stays_small() -> None:
    assert (SMALL_CITY / "SIMULATED.json").exists()
    assert sum(file.stat().st_size for file in SMALL_CITY.rglob("*") if file.is_file()) <= 5_000_000


def test_no_detector_stops_by_an_error_in_its_code(finished: Path) -> None:
    with store(finished) as session:
        rows = session.query(Assessability).filter_by(run_id=current_run(finished).name)
        reasons = {row.detector: (row.reason_en, row.reason_zh) for row in rows}
    assert set(reasons) == set(catalogue())
    assert [
        name for name, stated in reasons.items() if FAILED[0] in stated[0] or FAILED[1] in stated[1]
    ] == []
