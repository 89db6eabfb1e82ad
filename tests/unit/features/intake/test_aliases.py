"""Ids that were issued again: history joins under the current id, and contradictions name file and row."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.world import World

from features.errors import InputError
from features.intake.aliases import refuse_wrong_aliases, with_current_ids

FILES = ["person_aliases.csv"]


def frames(world: World) -> dict[str, pl.LazyFrame]:
    return {name: frame.to_native() for name, frame in world.tables(complete=True).frames.items()}


def town(names: list[str]) -> World:
    """One person's years, one id after the other; each id has rows of its own everywhere."""
    world = World()
    for number, name in enumerate(names):
        year = 2020 + number
        world.person(name, birth_date="1950-03-01")
        world.enrolment(name, start_date="2020-01-01", end_date=None)
        world.settlement(name, "p1", f"{year}-03-01 09:00")
        world.authorization(f"payer{number}", name)
        world.authorization(name, f"child{number}")
        world.entry(name, f"{year}-03-01 09:00", "settlement", "-1.00", balance_after="9.00")
        world.add(
            "outside_leads",
            lead=f"l{number}",
            received_on="2024-01-01",
            sender="complaint",
            subject_kind="person",
            subject=name,
        )
    return world


def aliased(world: World, pairs: list[tuple[str, str]]) -> dict[str, pl.LazyFrame]:
    for old, new in pairs:
        world.add("person_aliases", old=old, new=new)
    return frames(world)


@settings(max_examples=15)
@given(
    names=st.lists(st.text("ab1", min_size=1, max_size=3), min_size=2, max_size=5, unique=True),
    draw=st.data(),
)
def test_a_chain_in_any_order_leads_to_the_last_id(names: list[str], draw: st.DataObject) -> None:
    pairs = draw.draw(st.permutations(list(itertools.pairwise(names))))
    followed = with_current_ids(aliased(town(names), list(pairs)))
    last = names[-1]
    for table, column in (
        ("settlements", "person_id"),
        ("account_entries", "account_id"),
        ("outside_leads", "subject_id"),
    ):
        ids = followed[table].collect()[column].to_list()
        assert ids == [last] * len(names), table
    given_to = followed["family_authorizations"].collect()
    assert (
        given_to["payer_id"].to_list().count(last)
        == given_to["beneficiary_id"].to_list().count(last)
        == len(names)
    )
    assert followed["persons"].collect().filter(person_id=last).height == 1
    enrolments = followed["enrolments"].collect().filter(person_id=last)
    assert enrolments.height == 1, "the row of the current id takes the place of its copies"
    assert enrolments["source_row"].to_list() == [len(names)]


def test_without_alias_tables_nothing_changes() -> None:
    tables = frames(town(["a", "b"]))
    assert with_current_ids(tables) == tables


def test_providers_are_followed_too() -> None:
    world = World()
    world.provider("p1").status("suspended", "2024-01-01", "2024-02-01")
    world.provider("p2")
    world.settlement("li", "p1", "2024-03-01 09:00")
    world.add("provider_aliases", old="p1", new="p2")
    followed = with_current_ids(frames(world))
    for table in ("settlements", "provider_status", "providers"):
        assert followed[table].collect()["provider_id"].to_list() == ["p2"], table


@pytest.mark.parametrize(
    ("pairs", "rows", "kind"),
    [
        ([("a", "b"), ("a", "c")], ["1", "2"], "several successors"),
        ([("a", "a")], ["1"], "circle"),
        ([("x", "y"), ("a", "b"), ("b", "c"), ("c", "a")], ["2", "3", "4"], "circle"),
    ],
)
def test_contradictions_name_file_and_row(pairs: list[tuple[str, str]], rows: list[str], kind: str) -> None:
    with pytest.raises(InputError) as refused:
        refuse_wrong_aliases(aliased(town(["a"]), pairs), ["settlements.csv"] * 20)
    [problem] = refused.value.problems
    assert kind in problem
    assert [part for part in problem.replace(":", " ").replace(",", " ").split() if part.isdigit()] == rows


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), min_size=1, max_size=6, unique=True
    )
)
def test_whatever_is_accepted_can_be_followed(pairs: list[tuple[str, str]]) -> None:
    tables = aliased(town(["a", "b"]), pairs)
    try:
        refuse_wrong_aliases(tables, ["a.csv"] * 50)
    except InputError:
        return
    successors = dict(pairs)
    people = set(with_current_ids(tables)["settlements"].collect()["person_id"])
    assert not people & successors.keys()


def test_two_ids_may_lead_to_one() -> None:
    tables = aliased(town(["a", "b", "c"]), [("a", "c"), ("b", "c")])
    refuse_wrong_aliases(tables, FILES * 50)
    assert with_current_ids(tables)["persons"].collect()["person_id"].to_list() == ["c"]
