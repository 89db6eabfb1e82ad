"""Control totals are read whole, compared to the row and the fen, and every difference is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Export

from detection.deliveries.coverage import Coverage, coverage_of
from detection.deliveries.totals import read_totals, refuse_other_totals
from features.errors import InputError, UsageError
from features.intake import Manifest

RIGHT = """
[settlements]
rows = 2
yuan = "155.50"
[settlements.months."2024-03"]
rows = 2
yuan = "155.50"
[persons]
rows = 2
"""


@pytest.fixture
def taken(tmp_path: Path) -> tuple[Manifest, Coverage]:
    ingested = Export(tmp_path / "export").ingest()
    return ingested.manifest, coverage_of(ingested.tables)


def totals(folder: Path, text: str) -> Path:
    path = folder / "totals.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_equal_totals_pass(tmp_path: Path, taken: tuple[Manifest, Coverage]) -> None:
    refuse_other_totals(read_totals(totals(tmp_path, RIGHT)), *taken)


@pytest.mark.parametrize(
    ("right", "stated", "problem"),
    [
        ("rows = 2", "rows = 3", "settlements: 3 rows stated, 2 read"),
        ('yuan = "155.50"', 'yuan = "155.51"', "settlements: CN¥155.51 stated, CN¥155.50 read"),
        ('months."2024-03"', 'months."2024-02"', "settlements of 2024-02: 2 rows stated, 0 used"),
        ("[persons]", "[contributions]", "contributions: 2 rows stated, 0 read"),
    ],
)
def test_each_difference_is_named(
    tmp_path: Path, taken: tuple[Manifest, Coverage], right: str, stated: str, problem: str
) -> None:
    stated_totals = read_totals(totals(tmp_path, RIGHT.replace(right, stated, 1)))
    with pytest.raises(InputError) as refused:
        refuse_other_totals(stated_totals, *taken)
    assert problem in refused.value.problems


@pytest.mark.parametrize(
    "text",
    [
        "[nonsense]\nrows = 1",
        '[settlements]\nrows = "two"',
        '[settlements]\nyuan = "much"',
        '[persons]\nyuan = "1"',
    ],
)
def test_entries_that_are_no_totals(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_totals(totals(tmp_path, text))
    assert refused.value.problems


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_totals(tmp_path / "totals.toml")
