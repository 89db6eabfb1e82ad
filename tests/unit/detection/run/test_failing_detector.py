"""A detector whose code fails is switched off and says so; the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.world import World

from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, HitSource, all_hits, evaluate
from detection.run import detect, returned
from detection.run.detect import FAILED, Detection
from detection.run.unfinished import Unfinished
from features.engine import Views
from features.errors import CardError
from features.policy import load_policy
from features.progress import no_progress

BROKEN = "split_prescription"


def detection(folder: Path) -> Detection:
    world = World()
    world.settlement("ann", "p1", "2024-03-01 10:00", pool_paid="80.00")
    tables = world.tables()
    context = DetectorContext(tables, Views(tables), load_policy("none"), "none")
    return Detection(context, context, {}, ["settlements.csv"], Unfinished(folder), b"key")


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(detector: Detector, context: DetectorContext, source: HitSource = all_hits) -> Evaluation:
        if detector.name == BROKEN:
            raise error
        return evaluate(detector, context, source=source)

    monkeypatch.setattr(returned, "evaluate", fails)


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    chosen = {name: each for name, each in catalogue().items() if name in names}
    monkeypatch.setattr(detect, "catalogue", lambda: chosen)


def test_the_others_go_on_and_the_reason_is_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, BROKEN, "duplicate_benefit")
    failing(monkeypatch, ZeroDivisionError("of its own"))
    detections = detection(tmp_path).run(no_progress)
    assert detections.assessability[BROKEN].reason_en == FAILED[0]
    assert detections.assessability[BROKEN].status == "not_assessable"
    assert FAILED[0] not in detections.assessability["duplicate_benefit"].reason_en


def test_a_wrong_card_still_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, BROKEN)
    failing(monkeypatch, CardError("A detector returns causes that its card does not know."))
    with pytest.raises(CardError):
        detection(tmp_path).run(no_progress)
