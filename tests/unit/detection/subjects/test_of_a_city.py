"""Money of subjects in a city that was run: every month equals the sum of the settlements, to the fen."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from detection.store.queries import open_store
from detection.store.schema import MonthlySpend
from detection.subjects.files import SubjectFiles, subject_files
from detection.subjects.kinds import KINDS, TIES
from features.calendar import month_text
from features.workspace import Workspace, open_workspace

FUNDS = ("pool", "account", "mutual_aid")


@pytest.fixture(scope="module")
def workspace(finished: Path) -> Workspace:
    return open_workspace(finished)


@pytest.fixture(scope="module")
def files(workspace: Workspace) -> SubjectFiles:
    with open_store(workspace) as reader:
        return subject_files(workspace.run(reader.current_run().run_id))


def read(files: SubjectFiles, kind: str, name: str) -> pl.DataFrame:
    rows = files.scan(kind, name)
    assert rows is not None
    return rows.collect()


@pytest.mark.parametrize("kind", ["provider", "person"])
def test_the_months_of_all_subjects_are_the_months_of_the_city(
    workspace: Workspace, files: SubjectFiles, kind: str
) -> None:
    sums = read(files, kind, "months").group_by("month").agg(pl.col("settlements", *FUNDS).sum())
    shown = {month_text(month): money for month, *money in sums.iter_rows()}
    with open_store(workspace) as reader:
        city = {
            row.month: [row.settlements, row.pool, row.account, row.mutual_aid]
            for row in reader.session.query(MonthlySpend)
        }
    assert len(city) > 3
    assert shown == city


@pytest.mark.parametrize("kind", KINDS)
def test_the_months_of_a_subject_add_up_to_its_total(files: SubjectFiles, kind: str) -> None:
    months = read(files, kind, "months").group_by("id").agg(pl.col("settlements", *FUNDS).sum())
    totals = read(files, kind, "totals")
    assert months.height > 1
    both = months.join(totals, on="id", suffix="_in_all")
    assert both.height == months.height
    for name in ("settlements", *FUNDS):
        assert both[name].equals(both[f"{name}_in_all"].alias(name))


def test_all_ties_with_everyone_hold_all_the_money(files: SubjectFiles) -> None:
    ties = {kind: tie for kind in KINDS for tie in TIES[kind] if (kind, tie.name) in WHOLE}
    assert len(ties) == len(WHOLE)
    for kind, tie in ties.items():
        own = read(files, kind, tie.name)
        assert (
            own["money"].sum()
            == read(files, kind, "months").select(pl.sum_horizontal(FUNDS)).to_series().sum()
        )


WHOLE = {
    ("provider", "patients"),
    ("person", "institutions"),
    ("operator", "patients"),
    ("payer_account", "users"),
}
"""Ties that leave no settlement out."""


def test_the_rows_of_a_subject_lie_together(files: SubjectFiles) -> None:
    for kind in KINDS:
        for tie in TIES[kind]:
            rows = read(files, kind, tie.name)
            assert rows["id"].is_sorted()
            assert rows.select((pl.col("money").diff() <= 0).over("id").all()).item()
