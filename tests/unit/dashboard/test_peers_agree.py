"""The strip of a reason shows the peers that the reason counted, on a real run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select

from detection.detectors.catalogue import Detector, catalogue
from detection.run import detect, score
from detection.run.pipeline import RunRequest, run
from detection.store.queries.alert import alert, peer_strips
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import Reader, open_reader
from detection.store.schema import Alert

LOW = {"least_kinds": 0, "least_risk": 0, "capacity": 100}


def with_low_thresholds() -> dict[str, Detector]:
    """The catalogue with long lists of everybody ranked: in so small a city, few or none have several weak signs."""
    return {
        name: detector.with_thresholds(LOW) if detector.hits is None else detector
        for name, detector in catalogue().items()
    }


@pytest.fixture(scope="module")
def listed(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace in which the small city was run, with alerts of the scores."""
    root = tmp_path_factory.mktemp("listed")
    with pytest.MonkeyPatch.context() as patch:
        for step in (score, detect):
            patch.setattr(step, "catalogue", with_low_thresholds)
        run(RunRequest(data=small_city, workspace=root, area="320600", now="2024-07-01T09:00:00"))
    return root


@pytest.fixture
def reader(listed: Path) -> Iterator[Reader]:
    with open_reader(listed) as opened:
        assert opened is not None
        yield opened


def anomalies(reader: Reader) -> list[Alert]:
    return [alert for alert in reader.session.scalars(select(Alert)) if alert.reasons]


def test_every_strip_has_the_count_rank_and_median_of_its_sentence(reader: Reader) -> None:
    reasons = [reason for anomaly in anomalies(reader) for reason in anomaly.reasons]
    strips = [strip for anomaly in anomalies(reader) for strip in peer_strips(reader, anomaly.alert_id)]
    assert len(reasons) > 100
    shown = [(strip.feature, len(strip.values), strip.rank, strip.median, strip.value) for strip in strips]
    assert shown == [
        (reason["feature"], reason["peers"], reason["rank"], reason["median"], reason["value"])
        for reason in reasons
    ]


def test_an_alert_s_rank_is_among_the_peers_of_its_score(reader: Reader) -> None:
    assert anomalies(reader)
    for anomaly in anomalies(reader):
        assert reader.run is not None
        scores = pl.read_parquet(
            reader.workspace.run(reader.run.run_id) / f"scores/{anomaly.subject_kind}.parquet"
        )
        [peers] = scores.filter(pl.col("entity_id") == anomaly.subject_id)["peers"]
        page = alert(reader, anomaly.alert_id)
        assert page is not None and page.row.peers == peers
        assert page.row.peer_rank is not None and 1 <= page.row.peer_rank <= peers


def test_an_alert_of_a_rule_has_no_rank_among_peers(reader: Reader) -> None:
    """Its subject may have a score all the same."""
    by_score = set(reader.session.scalars(select(Alert.alert_id).where(Alert.detector_kind == "model")))
    everything = rows(reader, Filters(status=""))
    ranked = {row.alert_id for row in everything if row.peer_rank is not None}
    assert ranked and ranked <= by_score
    assert [row for row in everything if row.alert_id not in by_score]
