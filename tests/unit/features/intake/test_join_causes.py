"""What a program did to the ids of one table is named as the likely cause of a broken join."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.exports import Export

from features.intake.checks.join_causes import REPAIRS
from features.intake.manifest import BrokenJoin

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DONE: dict[str, Callable[[str], str]] = {
    "full-width characters": lambda text: text.translate(WIDE),
    "lost leading zeros": lambda text: text.lstrip("0"),
    "letter case": lambda text: text.lower(),
    "blanks inside": lambda text: f"{text[:3]} {text[3:]}",
    "hyphens": lambda text: f"{text[:3]}-{text[3:]}",
    "identity numbers of 15 and of 18 digits": lambda text: text[:6] + text[8:17],
}
IDS = {"letter case": "AB320{:04}", "identity numbers of 15 and of 18 digits": "320602195{:04}01234"}


def broken(export: Export, ids: list[str], change: Callable[[str], str]) -> tuple[BrokenJoin, ...]:
    """The broken joins of an export whose settlements name changed ids."""
    header = "person_id,sex,birth_date\n"
    export.write("persons.csv", header + "".join(f"{each},male,1990-01-01\n" for each in ids))
    for row, person in enumerate(ids[:2], 1):
        export.change("settlements", row, person_id=change(person))
        export.change("enrolments", row, person_id=person)
    return export.ingest().manifest.broken_joins


def test_every_repair_has_a_case() -> None:
    assert set(DONE) == set(REPAIRS)


@pytest.mark.parametrize("cause", DONE)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(1, 9_999), min_size=2, max_size=6, unique=True))
def test_the_cause_is_named(cause: str, numbers: list[int], export: Export) -> None:
    ids = [IDS.get(cause, "00320{:04}").format(number) for number in numbers]
    (join,) = broken(export, ids, DONE[cause])
    assert (join.table, join.column, join.target) == ("settlements", "person_id", "persons.person_id")
    assert (join.orphans, join.rows, join.repaired, join.cause) == (2, 2, 2, cause)


def test_unknown_ids_have_no_cause(export: Export) -> None:
    (join,) = broken(export, ["0032001", "0032002"], lambda text: f"X{text}")
    assert join.cause is None and join.orphans == 2


def test_sound_ids_are_not_mentioned(export: Export) -> None:
    assert broken(export, ["0032001", "0032002"], str) == ()
