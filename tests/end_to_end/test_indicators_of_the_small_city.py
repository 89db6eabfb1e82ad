"""The values of a whole run of a small city equal the hand counts on its rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from reference.books import Books, Span
from reference.hand_counts import hand_counts
from sqlalchemy import select
from support.indicator_thresholds import thresholds
from support.workspaces import store

from detection.detectors.assessability import assess
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.indicators.card_files import indicator_cards
from detection.store.queries import open_store
from detection.store.queries.indicators.files import open_files
from detection.store.schema import Alert, Evidence, RecordEvidence
from features.engine import Views
from features.intake import open_snapshot
from features.policy import load_policy
from features.workspace import open_workspace

AREA = "320600"
COUNTED = sorted({name for card in indicator_cards().values() for name in card.needs_detectors})


@pytest.fixture(scope="module")
def books(finished: Path) -> Books:
    with open_store(open_workspace(finished)) as reader:
        snapshot = reader.workspace.snapshot(reader.current_run().snapshot_id)
    tables = open_snapshot(snapshot)
    policy = load_policy(AREA)
    context = DetectorContext(tables, Views(tables), policy, AREA)
    causes: dict[str, dict[str, str]] = {name: {} for name in COUNTED}
    at_issue: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
    with store(finished) as session:
        query = select(Alert.detector, Evidence).join(Evidence, Evidence.alert_id == Alert.alert_id)
        for detector, row in session.execute(query.where(Alert.detector.in_(COUNTED))):
            own = causes[detector]
            own[row.settlement_id] = min(row.cause, own.get(row.settlement_id, row.cause))
            at_issue[detector][row.settlement_id] = row.account
        records = select(Alert.detector, RecordEvidence).join(
            RecordEvidence, RecordEvidence.alert_id == Alert.alert_id
        )
        for detector, item in session.execute(records.where(Alert.detector.in_(COUNTED))):
            causes[detector][item.record_id] = item.cause
    able = assess(catalogue()["family_authorization"].card, context)[1]
    ids = (
        context.assessable.settlements.filter(able)
        .select("settlement_id")
        .to_native()
        .collect()["settlement_id"]
    )
    return Books(tables, policy, thresholds(), causes, {"family_authorization": set(ids)}, at_issue)


@pytest.mark.parametrize("name", sorted(hand_counts()))
def test_a_run_equals_the_hand_count(name: str, finished: Path, books: Books) -> None:
    with open_store(open_workspace(finished)) as reader:
        files = open_files(reader)
        measured = {period: files.values.get((name, period.key)) for period in files.periods}
        assessable = [item for item, sides in measured.items() if sides is not None]
        assert (
            assessable
            or files.about.lacking.get(name)
            or files.about.outside.get(name)
            or (indicator_cards()[name].kinds == ("rolling12",))
        )
        for period in [item for item in assessable if item.kind != "month"] + assessable[1:2]:
            counted = hand_counts()[name](books, Span(period.start, period.end))
            sides = sorted({item.side for item in counted})
            expected = tuple(
                (
                    sum(item.numerator for item in counted if item.side == side),
                    sum(item.denominator for item in counted if item.side == side),
                )
                for side in sides
            )
            value = measured[period]
            assert value is not None
            assert tuple(item[:2] for item in value.sides) == expected, period.key
