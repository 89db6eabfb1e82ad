"""What to check about the relations of an account, and what is nothing to check."""

from __future__ import annotations

import datetime as dt

import pytest

from detection.families.conflicts import Conflict, Grant, Person, conflicts_of, relations_of
from models.relations import KinLimits, Reading

LIMITS = KinLimits(
    generation_years=14,
    peer_years=30,
    spouses=1,
    parents=4,
    wrong_least=0.002,
    wrong_most=0.05,
    unreadable=0.33,
)
OWNER = Person(dt.date(1988, 5, 1), "female")
START = dt.datetime(2023, 2, 1, 9)


def born(year: int, sex: str = "male") -> Person:
    return Person(dt.date(year, 5, 1), sex)


def conflicts(
    *relatives: tuple[str, Person], owner: Person = OWNER, reading: Reading = "user"
) -> list[Conflict]:
    """Of relatives by relation, named a, b, … and all authorized on one day."""
    names = "abcdefghij"[: len(relatives)]
    grants = [Grant(name, relation, START) for name, (relation, _) in zip(names, relatives, strict=True)]
    people = {name: person for name, (_, person) in zip(names, relatives, strict=True)}
    return list(conflicts_of(owner, people, grants, reading=reading, limits=LIMITS))


@pytest.mark.parametrize(
    ("relation", "person", "kind", "years"),
    [
        ("child", born(1945), "older", 43),
        ("child", born(1988, "female"), "near", 0),
        ("child", born(2001), "near", 13),
        ("grandchild", born(2010), "near", 22),
        ("parent", born(1998), "younger", 10),
        ("parent", born(1980), "near", 8),
        ("grandparent", born(1990), "younger", 2),
        ("spouse", born(1950), "far", 38),
        ("spouse", born(1987, "female"), "same_sex", 1),
        ("sibling", born(2020), "far", 32),
    ],
)
def test_ages_and_sexes_conflict_with_a_relation(
    relation: str, person: Person, kind: str, years: int
) -> None:
    assert conflicts((relation, person)) == [Conflict(kind, relation, ("a",), years)]


@pytest.mark.parametrize(
    ("relation", "person"),
    [
        ("child", born(2002)),
        ("parent", born(1974)),
        ("grandchild", born(2016)),
        ("spouse", born(1960)),
        ("sibling", born(2010)),
        ("other", born(1988)),
    ],
)
def test_a_possible_relation_is_nothing_to_check(relation: str, person: Person) -> None:
    assert conflicts((relation, person)) == []


@pytest.mark.parametrize("owner", [OWNER, Person()])
def test_what_is_not_known_conflicts_with_nothing(owner: Person) -> None:
    unknown = [("child", Person()), ("spouse", Person(sex="male")), ("unknown", born(1945)), ("", born(1945))]
    assert conflicts(*unknown, owner=owner) == []


def test_two_spouses_and_five_parents_at_one_time() -> None:
    parents = [("parent", born(1950 + n)) for n in range(5)]
    stated = conflicts(("spouse", born(1985)), ("spouse", born(1990)), *parents)
    assert stated == [
        Conflict("many", "spouse", ("a", "b"), limit=1),
        Conflict("many", "parent", ("c", "d", "e", "f", "g"), limit=4),
    ]
    assert conflicts(*parents[:4]) == []


def test_a_spouse_after_a_divorce_is_no_second_spouse() -> None:
    parted = dt.datetime(2024, 1, 1)
    people = {"first": born(1985), "second": born(1990)}
    for second, expected in ((parted, 0), (parted - dt.timedelta(days=1), 1)):
        grants = [Grant("first", "spouse", START, parted), Grant("second", "spouse", second)]
        assert len(conflicts_of(OWNER, people, grants, reading="user", limits=LIMITS)) == expected


def test_one_person_under_two_relations_is_one_thing_to_check() -> None:
    grants = [Grant("a", "child", START), Grant("a", "parent", START + dt.timedelta(days=1))]
    people = {"a": born(1945)}
    assert conflicts_of(OWNER, people, grants, reading="user", limits=LIMITS) == (
        Conflict("several", "", ("a",)),
    )
    assert relations_of(grants, "user") == {"a": ("child", "parent")}


def test_relations_of_the_owner_are_turned_round_before_they_are_compared() -> None:
    mother = ("child", born(1960))
    assert [each.kind for each in conflicts(mother)] == ["older"]
    assert conflicts(mother, reading="owner") == []
    assert relations_of([Grant("a", "child", START)], "owner") == {"a": ("parent",)}


def test_a_column_that_cannot_be_read_conflicts_with_nothing() -> None:
    assert conflicts(("child", born(1945)), ("spouse", born(1985)), reading="none") == []
    assert relations_of([Grant("a", "child", START)], "none") == {"a": ()}
