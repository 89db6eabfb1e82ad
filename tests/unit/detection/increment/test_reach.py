"""Kept hits and those on touched rows are the hits on all rows, for every detector that declares its reach."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.cities import AREA, Frames, frames, write
from support.late_rows import split
from support.shared import make_once

from data_samples.city import simulate
from detection.detectors.catalogue import Detector, catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.reach import REGISTERS, of_settlement
from detection.detectors.runner import all_hits
from detection.increment import hits
from detection.increment.hits import IncrementalHits
from detection.increment.kept import kept_hits
from detection.increment.touched import UndeclaredReadError, declared_tables, touched_settlements
from features.engine import Views
from features.intake import Snapshot, add_to_snapshot, create_snapshot, open_snapshot
from features.intake.changes import Changes, last_changes
from features.intake.snapshot import code_version
from features.policy import load_policy
from features.workspace import Workspace, open_workspace

LATE = ("settlements", "charge_lines", *(name for name in REGISTERS if name != "programme_registrations"))
"""Tables that a reach may name, and that rules name."""
SHARE = 0.15
"""Share of the keys of a table that come late."""
EVERY = nw.col("service_day") == nw.col("service_day")
"""Every settlement can be assessed."""


def declared() -> list[Detector]:
    return [detector for detector in catalogue().values() if detector.reach is not None]


def troubled(city: Path) -> Frames:
    """The tables of a city, where some agreements have ended, and some care is years older than its bill."""
    tables = frames(city)
    rows, days = tables["settlements"], pl.col("settled_at").dt.date()
    old = pl.int_range(pl.len()) % 20 == 0
    service = pl.when(old).then(days - pl.duration(days=3 * 365)).otherwise(days)
    middle = rows.select(days.median()).item()
    ended = pl.when(pl.int_range(pl.len()) % 4 == 0).then(middle).otherwise("agreement_end")
    changed = {
        "settlements": rows.with_columns(service_date=service),
        "providers": tables["providers"].with_columns(agreement_end=ended.cast(pl.Date)),
    }
    return tables | changed


class Delivered:
    """A data set before and after a delivery."""

    def __init__(self, city: Frames, tables: tuple[str, ...], folder: Path, seed: int) -> None:
        before, delivery = split(city, tables, seed, SHARE)
        space = open_workspace(folder / "ws", create=True)
        self.before = read(write(before, folder / "before"), space)
        added = read(write(delivery, folder / "late"), space)
        self.now = add_to_snapshot(self.before.folder, added, space)
        self.folder = folder

    def changes(self) -> Changes:
        before, now = self.before, self.now
        changes = last_changes((before.folder, before.manifest), (now.folder, now.manifest), code_version())
        assert changes is not None
        return changes


def read(data: Path, space: Workspace) -> Snapshot:
    return create_snapshot(data, space, mapping=None)


def context(snapshot: Snapshot) -> DetectorContext:
    tables = open_snapshot(snapshot.folder)
    policy = load_policy(AREA, profile="illustrative")
    return DetectorContext(tables, Views(tables), policy, AREA)


def hits_of(detector: Detector, whole: DetectorContext) -> pl.DataFrame:
    """What a detector returns for all rows, whether they can be assessed or not."""
    return all_hits(detector, whole, EVERY)


def in_text(rows: pl.DataFrame, whole: DetectorContext) -> pl.DataFrame:
    return whole.whole.in_text(rows, *rows.columns)


@pytest.fixture(autouse=True)
def everything_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is touched, and whatever made the hits: the proof is about rows."""
    monkeypatch.setattr(hits, "_MOST", 1.0)
    monkeypatch.setattr(hits, "digest_of", lambda *_: "the same")


@pytest.fixture(scope="session")
def other_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        simulate(folder, persons=1_000, months=6, seed=131, area=AREA, author="second")

    return make_once(tmp_path_factory, "other_city", make)


def test_some_detectors_say_what_decides() -> None:
    assert len(declared()) >= 5


@pytest.mark.parametrize("tables", [*((name,) for name in LATE), LATE], ids=lambda names: names[-1])
def test_kept_hits_and_new_ones_are_all_hits(
    small_city: Path, tmp_path: Path, tables: tuple[str, ...]
) -> None:
    delivered = Delivered(troubled(small_city), tables, tmp_path, seed=len(tables))
    assert compare(delivered) == declared(), "something is compared for every detector"


def test_the_same_in_a_city_of_another_author(other_city: Path, tmp_path: Path) -> None:
    assert len(compare(Delivered(troubled(other_city), LATE, tmp_path, seed=3))) >= 4


def compare(delivered: Delivered) -> list[Detector]:
    """Compare for every detector with a reach; those with hits are returned."""
    before = context(delivered.before).coded(delivered.folder / "before_codes")
    now = context(delivered.now).coded(delivered.folder / "now_codes")
    kept = kept_hits(delivered.folder / "before_run")
    first = IncrementalHits(before, kept, "code")
    again = IncrementalHits(now, kept_hits(delivered.folder / "run"), "code", (), kept, delivered.changes())
    heard = []
    for detector in declared():
        first(detector, before, EVERY)
        joined = in_text(again(detector, now, EVERY), now)
        assert_frame_equal(joined, in_text(hits_of(detector, now), now))
        assert_frame_equal(joined, hits_of(detector, context(delivered.now)))
        heard += [detector] if joined.height else []
    assert again.reused == [detector.name for detector in declared()]
    return heard


def test_a_reach_that_is_too_short_is_seen(small_city: Path, tmp_path: Path) -> None:
    """The comparison fails where a register that decides is not named."""
    delivered = Delivered(troubled(small_city), ("enrolments",), tmp_path, seed=1)
    rule = catalogue()["ineligible_person"]
    short = of_settlement("persons", "contributions")
    before, now = context(delivered.before), context(delivered.now)
    touched = touched_settlements(short, delivered.changes(), now.whole)
    assert touched.is_empty()
    assert not hits_of(rule, before).equals(hits_of(rule, now))
    tables = declared_tables(short, now.whole, touched)
    with pytest.raises(UndeclaredReadError, match="enrolments"):
        hits_of(rule, dataclasses.replace(now, assessable=tables, views=Views(tables)))


def test_rows_of_no_settlement_are_no_reach() -> None:
    with pytest.raises(ValueError, match="survey_answers"):
        of_settlement("survey_answers")
