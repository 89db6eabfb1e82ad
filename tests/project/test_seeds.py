"""The table of the seeds' statements is whole, and every name in it is the name of something that is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from support.paths import ROOT

from detection.detectors.catalogue import catalogue
from detection.indicators.card_files import indicator_cards
from features.contract import TABLES
from features.policy import load_policy
from features.policy.parameters import PARAMETERS
from features.registry import all_features

STATEMENTS = [f"A{number:02d}" for number in range(1, 52)]
INDICATORS = {path.stem: path for path in (ROOT / "detection" / "indicators").glob("*/*.toml")}
PAGES = {path.stem for path in (ROOT / "dashboard" / "app_pages").glob("*.py")}
THERE = {
    "value": set(PARAMETERS),
    "rule": set(catalogue()),
    "indicator": set(INDICATORS),
    "feature, screen, table": {*all_features(), *PAGES, *TABLES},
}


DOCUMENTS = {
    f"outpatient_pooling.{name}" for name in ("national_opinions", "province_opinions", "local_rules")
}
"""Days of documents: what the values descend from, asked by nobody."""


def rows() -> list[dict[str, str]]:
    lines = [
        line
        for line in (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    header, _, *cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(header, item, strict=True)) for item in cells]


ROWS = {row[""]: row for row in rows()}


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def cited(area: str) -> Iterator[tuple[str, str]]:
    """Statement and parameter of every value that names its statement."""
    policy = load_policy(area)
    for name in policy.names():
        for parameter in policy.parameters[name]:
            yield from ((statement, name) for statement in re.findall(r"A\d\d", parameter.source))


def test_all_statements_are_there_once_and_in_order() -> None:
    assert [row[""] for row in rows()] == STATEMENTS


@pytest.mark.parametrize("column", THERE)
def test_every_name_is_the_name_of_something(column: str) -> None:
    unknown = {key: named(row[column]) - THERE[column] for key, row in ROWS.items()}
    assert {key: names for key, names in unknown.items() if names} == {}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_something_carries_a_statement_or_the_table_says_why_not(statement: str) -> None:
    row = ROWS[statement]
    assert any(named(row[column]) for column in THERE) or row["remark"]
    assert row["in short"]


@pytest.mark.parametrize("area", ["320600", "150200"])
def test_every_value_is_listed_with_the_statement_that_it_cites(area: str) -> None:
    assert [item for item in cited(area) if item[1] not in named(ROWS[item[0]]["value"])] == []


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
def test_every_indicator_is_listed_with_the_statements_that_it_measures(indicator: str) -> None:
    card = tomllib.loads(INDICATORS[indicator].read_text(encoding="utf-8"))
    assert [item for item in card["statements"] if indicator not in named(ROWS[item]["indicator"])] == []


def test_every_value_is_used_by_a_rule_or_an_indicator() -> None:
    used = {
        name for item in catalogue().values() for name in (*item.card.needs_policy, *item.card.reads_policy)
    }
    used |= {
        name
        for indicator_card in indicator_cards().values()
        for name in (*indicator_card.needs_policy, *indicator_card.spans)
    }
    assert set(PARAMETERS) - used == DOCUMENTS
