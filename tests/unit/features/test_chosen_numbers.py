"""A file of chosen numbers gives a dataclass, or every entry that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from features.chosen_numbers import read_numbers
from features.errors import CardError

ENTRY = 'from = 2026-11-30\nunit = "days"\nsource = "our choice"\n'


@dataclass(frozen=True)
class Limits:
    days: int
    share: float


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "limits.toml"


def test_each_field_has_the_value_of_its_table(file: Path) -> None:
    file.write_text(f"[share]\nvalue = 0.5\n{ENTRY}[days]\nvalue = 7\n{ENTRY}")
    assert read_numbers(file, Limits) == Limits(7, 0.5)


def test_all_wrong_entries_are_named(file: Path) -> None:
    file.write_text(f"[days]\nvalue = 7.5\n{ENTRY}[weeks]\nvalue = 1\n{ENTRY}")
    with pytest.raises(CardError) as refused:
        read_numbers(file, Limits)
    text = " ".join(map(str, refused.value.problems))
    assert "[days] value = 7.5 is not a whole number" in text
    assert "lacks 'share'" in text
    assert "'weeks' is not one of days, share" in text
