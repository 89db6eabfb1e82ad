"""The table of known patterns names the cards that look for each, and what the tables lack for the others."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from support.paths import DOCS

from detection.detectors.catalogue import catalogue

NUMBERS = [f"D{number:02}" for number in range(1, 43)]
ROWS = {
    cells[0]: cells[1:]
    for line in (DOCS / "patterns.md").read_text(encoding="utf-8").splitlines()
    if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 4
    and re.fullmatch(r"D\d\d", cells[0])
}


def cards_by_number() -> dict[str, list[str]]:
    by_number: dict[str, list[str]] = defaultdict(list)
    for name, detector in sorted(catalogue().items()):
        by_number[detector.card.catalogue].append(name)
    return by_number


def test_every_pattern_has_a_row() -> None:
    assert list(ROWS) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_names_the_cards_of_its_number(number: str) -> None:
    assert re.findall(r"`(\w+)`", ROWS[number][1]) == cards_by_number()[number]


@pytest.mark.parametrize("number", NUMBERS)
def test_without_a_card_the_row_says_what_the_tables_lack(number: str) -> None:
    assert ROWS[number][1] or ROWS[number][2]


def test_every_card_has_a_number_of_the_table_or_is_a_model() -> None:
    assert {*cards_by_number()} - {"model"} <= {*NUMBERS}
