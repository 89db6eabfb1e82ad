"""Two cards explain the same bills: one of them owns the rows, and the other says that it keeps silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.cases import tables_of

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from detection.run import detect
from detection.run.detect import Detection, Detections
from detection.run.owned_rows import without_owned
from detection.run.unfinished import Unfinished
from features.engine import Views
from features.policy import load_policy
from features.progress import no_progress

OWNER, OTHER = "split_prescription", "split_prescription__days"
CASE = "four visits in four bills each"


def context() -> DetectorContext:
    """Bills that both cards explain."""
    tables = tables_of(next(each for each in catalogue()[OTHER].card.cases if each["name"] == CASE))
    return DetectorContext(tables, Views(tables), load_policy("320600"), "320600")


def detections(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> Detections:
    chosen = {name: each for name, each in catalogue().items() if name in names}
    monkeypatch.setattr(detect, "catalogue", lambda: chosen)
    where = context()
    return Detection(where, where, {}, ["settlements.csv"], Unfinished(folder), b"key").run(no_progress)


def test_the_owner_keeps_its_case_and_the_other_says_why_it_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = detections(tmp_path, monkeypatch, OTHER, OWNER)
    assert {draft.detector for draft in both.drafts} == {OWNER}
    assert (
        f"16 settlements are of cases that alerts of {OWNER} explain" in both.assessability[OTHER].reason_en
    )
    assert "16笔" in both.assessability[OTHER].reason_zh


def test_without_the_owner_the_case_is_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = detections(tmp_path, monkeypatch, OTHER)
    assert [draft.detector for draft in alone.drafts] == [OTHER]
    assert "explain" not in alone.assessability[OTHER].reason_en


@pytest.mark.parametrize(("owned", "left"), [(0, 16), (4, 12), (8, 8), (9, 0)])
def test_a_case_of_which_less_than_half_is_owned_keeps_the_rest(
    owned: int, left: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft,) = detections(tmp_path, monkeypatch, OWNER).drafts
    outcome = evaluate(catalogue()[OTHER], context())
    cited = draft.evidence.head(owned)
    kept = without_owned(catalogue()[OTHER].card, outcome, [replace(draft, evidence=cited)])
    assert kept.hits["settlement_id"].n_unique() == left
    assert kept.hits.join(cited, on="settlement_id").is_empty()


def test_every_card_yields_to_a_card_that_yields_to_none() -> None:
    yielding = [each.card for each in catalogue().values() if each.card.yields_to]
    assert yielding
    for card in yielding:
        assert not any(catalogue()[owner].card.yields_to for owner in card.yields_to)
