"""Damages of a small export: each kind of a whole table, column or file, and some of single cells."""

from __future__ import annotations

import random

import pytest
from support.damages.bench import Bench, Figures
from support.damages.single import sampled_cell
from support.damages.structural import KINDS, sampled


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("damages"))


def test_the_lawful_export_is_read_and_accuses_no_person(bench: Bench) -> None:
    assert bench.whole.error == ""
    assert bench.whole.alerts == frozenset()
    assert len(bench.alerts) > 5, "the export whose cells are changed has alerts that could change"


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_a_damage_of_the_whole_is_refused_or_stated_with_its_place(bench: Bench, number: int) -> None:
    bench.structural = Figures()
    bench.damage_whole(sampled(bench.lawful, random.Random(f"test {number}"), number))
    assert bench.structural.wrong == []


@pytest.mark.parametrize("number", range(8))
def test_a_cell_changes_alerts_only_of_whom_its_row_is_about(bench: Bench, number: int) -> None:
    bench.cells = Figures()
    bench.damage_cell(sampled_cell(bench.planted, random.Random(f"test {number}")))
    assert bench.cells.wrong == []
