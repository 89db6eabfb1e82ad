"""Detectors are switched on by name: what is off reads nothing, and says who switched it off."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.world import World

from detection.cli.fund.detectors import named_detectors
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import Evaluation, HitSource, all_hits, evaluate
from detection.run import detect, returned
from detection.run.detect import Detection
from detection.run.switches import SWITCHED_OFF, switched_off
from detection.run.unfinished import Unfinished
from features.engine import Views
from features.errors import UsageError
from features.policy import load_policy
from features.progress import no_progress

OF_0_1_0 = Path(__file__).parents[3] / "bench" / "detectors_of_0_1_0.txt"


def test_without_names_nothing_is_off() -> None:
    assert switched_off(None) == frozenset()


def test_everything_that_is_not_named_is_off() -> None:
    off = switched_off(["cap_rush", "cap_rush", "ledger_break"])
    assert off == catalogue().keys() - {"cap_rush", "ledger_break"}


def test_every_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError) as refused:
        switched_off(["cap_rush", "ledger_brake", "cap_rash"])
    assert [str(problem) for problem in refused.value.problems] == [
        "'cap_rash': the nearest name is cap_rush",
        "'ledger_brake': the nearest name is ledger_break",
    ]
    assert refused.value.exit_code == 2


def test_no_name_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="No detector is switched on"):
        switched_off([])


def test_the_detectors_of_the_first_version_are_there() -> None:
    names = named_detectors([f"@{OF_0_1_0}"])
    assert names is not None
    assert len(set(names)) == 23
    assert len(switched_off(names)) == len(catalogue()) - 23


def test_names_come_from_words_and_files(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("# chosen in March\ncap_rush  # the cap\n\nledger_break\n")
    assert named_detectors(["split_prescription", f"@{file}"]) == [
        "split_prescription",
        "cap_rush",
        "ledger_break",
    ]
    assert named_detectors(None) is None
    with pytest.raises(UsageError):
        named_detectors(["@nowhere.txt"])


def test_a_detector_that_is_off_reads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def evaluated(detector: Detector, context: DetectorContext, source: HitSource = all_hits) -> Evaluation:
        read.append(detector.name)
        return evaluate(detector, context, source=source)

    monkeypatch.setattr(returned, "evaluate", evaluated)
    chosen = {name: each for name, each in catalogue().items() if name in ("cap_rush", "duplicate_benefit")}
    monkeypatch.setattr(detect, "catalogue", lambda: chosen)
    tables = World.from_rows(settlements=_SETTLED).tables()
    context = DetectorContext(tables, Views(tables), load_policy("none"), "none")
    off = frozenset({"cap_rush"})
    detections = Detection(context, context, {}, ["settlements.csv"], Unfinished(tmp_path), b"key", off).run(
        no_progress
    )
    assert read == ["duplicate_benefit"]
    assert detections.assessability["cap_rush"] == SWITCHED_OFF
    assert detections.assessability["duplicate_benefit"] != SWITCHED_OFF


_SETTLED = """
  settlement | person | provider | settled_at
  s1         | ann    | p1       | 2024-01-15 10:03
"""
