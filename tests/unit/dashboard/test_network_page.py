"""The network page: the members of one group and nobody else, their days, and what is recorded of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from support.dashboard_fixtures import fill

from dashboard.charts.network import group_graph, labeled_edges
from dashboard.group_views.labels import members_of
from dashboard.wording import catalogue
from detection.store.queries.network import Edge, Network, groups, network
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
PEOPLE = ("P-A", "P-B", "P-C", "P-D", "P-E")


@pytest.fixture(scope="module")
def group(sample: Path) -> Network:
    with open_reader(sample) as reader:
        assert reader is not None
        [first, *_] = groups(reader)
        shown = network(reader, first.row.alert_id)
    assert shown is not None
    return shown


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})


def group_of(*edges: tuple[str, str, str]) -> Network:
    made = tuple(Edge(a, b, 3, 0.5, relation) for a, b, relation in edges)
    return Network("G", 5, 9, 14, 1.2, 0.0004, PEOPLE, made, (), 0)


def test_a_network_is_its_members_and_their_pairs(group: Network) -> None:
    members = set(group.people)
    assert len(members) == group.members == 6
    assert {each.person for each in group.presence} == members
    assert {person for edge in group.edges for person in (edge.a, edge.b)} <= members


def test_members_who_are_not_shown_are_counted(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        smallest = network(reader, groups(reader)[0].row.alert_id, most_people=2)
    assert smallest is not None
    assert (len(smallest.people), smallest.left_out, smallest.members) == (2, 4, 6)
    assert {each.person for each in smallest.presence} == set(smallest.people)
    assert len(smallest.edges) <= 1


def test_members_who_share_an_employer_or_are_relatives_have_a_label() -> None:
    tied = group_of(
        ("P-A", "P-B", "same_employer"),
        ("P-D", "P-C", "same_employer"),
        ("P-B", "P-D", "same_employer"),
        ("P-A", "P-E", "recorded_relatives"),
    )
    members = members_of(tied)
    assert [members[person].number for person in PEOPLE] == [1, 2, 3, 4, 5]
    assert [members[person].circles for person in PEOPLE] == [
        ("Relatives 1", "Employer 1"),
        ("Employer 1",),
        ("Employer 1",),
        ("Employer 1",),
        ("Relatives 1",),
    ]


def test_the_graph_names_everybody_and_labels_what_can_be_read(group: Network) -> None:
    [series] = json.loads(json.dumps(group_graph(group, members_of(group))))["series"]
    assert [node["label"]["formatter"] for node in series["data"][:6]] == [
        f"{number} · {person}" for number, person in enumerate(group.people, start=1)
    ]
    assert labeled_edges(group) == group.edges
    mesh = replace(group, edges=group.edges * 4)
    assert 0 < len(labeled_edges(mesh)) < len(group.edges)
    own = labeled_edges(mesh, group.people[0])
    assert own and all(group.people[0] in (edge.a, edge.b) for edge in own)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_matrix_says_who_came_when_and_together(open_page: OpenPage, sample: Path, language: str) -> None:
    app = open_page(sample, "network", lang=language)
    assert not app.exception
    shown = "\n".join(piece.value for piece in app.html)
    words = catalogue(language)
    assert words["network.close"].format(n=5) in shown
    matrix = next(piece.value for piece in app.html if "fw-matrix" in piece.value)
    assert len(re.findall("<tr>", matrix)) == 1 + 9
    assert re.search(r'fw-at-0 fw-close" title="[^"]*08:03', matrix)
    assert words["network.close.others"].format(n=2, minutes=5) in matrix
    assert ">●<" in matrix  # the time of the other days is not known
    assert len(re.findall(r'class="fw-card fw-tile', shown)) == 7  # eight alerts, one of them dismissed


def test_without_tables_and_times_the_page_says_what_is_not_known(
    open_page: OpenPage, tmp_path: Path
) -> None:
    root = fill(tmp_path / "own", alerts_of_each=1)
    [days] = root.rglob("co_visit_group/days.parquet")
    pl.read_parquet(days).with_columns(settlement_id=pl.lit("another")).write_parquet(days)
    days.with_name("edges.parquet").unlink()
    app = open_page(root, "network", lang="en")
    assert not app.exception
    words = catalogue("en")
    assert words["network.days_only"] in "\n".join(piece.value for piece in app.html)
    assert words["network.pairs.none"] in [each.value for each in app.caption]
    days.unlink()
    with open_reader(root) as reader:
        assert reader is not None
        [first] = groups(reader)
        bare = network(reader, first.row.alert_id)
    assert bare is not None
    assert (bare.members, bare.people, bare.edges, bare.presence) == (6, (), (), ())
