"""Every query of the screens answers the same from a database as from a file, in the same order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.dashboard_fixtures import fill
from support.postgres import Server
from support.query_layer import answers, public_queries

from detection.store.queries import open_store
from features.workspace import Place, Workspace, open_workspace

UNORDERED = {"totals.money_of"}
"""What other queries add up."""
Both = tuple[Workspace, Workspace]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[Both]:
    """The same alerts in a file and in a database, masked with the same key."""
    folder, database = tmp_path_factory.mktemp("both"), postgres.database_with_tables()
    file = open_workspace(fill(folder / "file", alerts_of_each=2))
    root: Path = folder / "database"
    root.mkdir()
    shutil.copy(file.key_file, root)
    where = Place(root, database)
    fill(where, alerts_of_each=2)
    yield file, open_workspace(where)
    postgres.drop(database)


@pytest.mark.parametrize("name", [name for name, _ in public_queries()])
def test_a_query_answers_the_same(both: Both, name: str) -> None:
    query, shown = dict(public_queries())[name], []
    for workspace in both:
        with open_store(workspace) as reader:
            shown.append([plain(answer) for answer in answers(reader, name, query)])
    if name in UNORDERED:
        shown = [sorted(map(repr, each)) for [each] in shown]
    assert shown[0] == shown[1]


def plain(answer: object) -> Any:
    """An answer that can be compared."""
    if isinstance(answer, pl.DataFrame):
        return answer.to_dicts()
    if isinstance(answer, list | tuple):
        return [plain(each) for each in answer]
    return plain([*vars(answer).values()]) if is_dataclass(answer) else answer
