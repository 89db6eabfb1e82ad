"""The same run, its alerts in a file and in a PostgreSQL database: what leaves is the same to the byte."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import cast
from unittest import mock

import pytest
from support.commands import Ended, fundwatch
from support.postgres import PASSWORD, Server

from detection.run.pipeline import RunRequest, run
from features.errors import StoreError
from features.workspace import Database, Place
from features.workspace.place import VARIABLE

AREA, RUN_AT = "320600", "2024-07-01T08:00:00"
TAKEN = [
    ("alerts", "--format", "json"),
    ("alerts", "--format", "csv", "--language", "zh", "--reveal-ids", "--reason", "hearing on Friday"),
    ("evidence", "--format", "csv"),
    ("scores", "--format", "csv", "--kind", "provider"),
]


@pytest.fixture(scope="module")
def team(
    small_city: Path, finished: Path, tmp_path_factory: pytest.TempPathFactory, postgres: Server
) -> Place:
    """The small city, run in a workspace whose alerts are in a database, and that masks like the finished one."""
    where = Place(tmp_path_factory.mktemp("team") / "ws", postgres.new_database())
    where.root.mkdir()
    shutil.copy(finished / "pseudonym.key", where.root)
    run(RunRequest(data=small_city, workspace=where, area=AREA, now=RUN_AT))
    return where


def as_team(server: Server, where: Place, *words: str | Path) -> Ended:
    """A command at a terminal of the team."""
    address = server.address(cast("Database", where.database).name)
    with mock.patch.dict(os.environ, {VARIABLE: address}):
        return fundwatch(*words, "--workspace", where.root)


def test_what_leaves_is_the_same_to_the_byte(
    finished_copy: Path, team: Place, postgres: Server, tmp_path: Path
) -> None:
    for number, words in enumerate(TAKEN):
        file, database = tmp_path / f"{number}-file", tmp_path / f"{number}-database"
        ended = (
            fundwatch("export", *words, "--out", file, "--workspace", finished_copy),
            as_team(postgres, team, "export", *words, "--out", database),
        )
        assert [each.code for each in ended] == [0, 0], ended
        assert unmarked(file, words) == unmarked(database, words), words
        assert file.stat().st_size > 1000
    assert not (team.root / "store.sqlite").exists()


def unmarked(file: Path, words: tuple[str, ...]) -> object:
    """What an export holds, but for the mark of who took it and when; that of a CSV file is another file."""
    if "json" not in words:
        return file.read_bytes()
    return {name: value for name, value in json.loads(file.read_text()).items() if name != "export"}


def test_no_run_begins_anew_somewhere_else(small_city: Path, team: Place, postgres: Server) -> None:
    elsewhere = Place(team.root, postgres.new_database())
    with pytest.raises(StoreError, match="has lost the alerts"):
        run(RunRequest(data=small_city, workspace=elsewhere, area=AREA, now=RUN_AT))
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert postgres.query(elsewhere.database, tables) == "0"
    refused = fundwatch("run", "--data", small_city, "--workspace", team.root, "--area", AREA)
    assert (refused.code, VARIABLE in refused.err) == (6, True)


def test_commands_read_and_purge_there(team: Place, postgres: Server) -> None:
    listed = as_team(postgres, team, "alerts")
    assert (listed.code, len(listed.out.splitlines()) > 10) == (0, True), listed.err
    assert as_team(postgres, team, "purge", "--keep", "1", "--yes").code == 0
    assert PASSWORD not in "".join(
        path.read_text() for path in team.root.rglob("*") if path.suffix in {".log", ".json"}
    )
