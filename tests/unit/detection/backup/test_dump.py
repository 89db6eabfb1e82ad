"""What the programs of PostgreSQL are environment, and what is shown of what they say; no server is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from detection.backup.dump import dump
from features.errors import StoreError
from features.workspace.place import Database

AWAY = Database("db.example", 5432, "alerts", "li", "secret", encryption="verify-full")
CONNECTION = 'pg_dump: error: connection to server at "db.example" failed: timeout'
RIGHT = "pg_dump: error: permission denied for table alert"
QUERY = 'pg_dump: error: could not execute query: ERROR: invalid input: "320602196203011234"'
DETAIL = "DETAIL: Key (subject_id)=(320602196203011234) already exists."


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for ``pg_dump``: prints a file of errors, and keeps its environment."""
    file = tmp_path / "pg_dump"
    file.write_text(f'#!/bin/sh\nenv > "{tmp_path}/environment"\ncat "{tmp_path}/errors" >&2\nexit 3\n')
    file.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    return file


@pytest.mark.parametrize(
    ("errors", "shown"),
    [
        ([CONNECTION, DETAIL], [CONNECTION]),
        ([QUERY, RIGHT], [RIGHT]),
        ([QUERY, DETAIL], ["it ended with code 3; the log of the database server says why"]),
    ],
)
def test_nothing_that_may_quote_a_row_is_shown(
    program: Path, tmp_path: Path, errors: list[str], shown: list[str]
) -> None:
    (tmp_path / "errors").write_text("\n".join(errors))
    with pytest.raises(StoreError) as refused:
        dump(AWAY, tmp_path / "out")
    assert [str(problem) for problem in refused.value.problems] == shown


def test_a_server_that_proves_itself_is_checked_by_whom_the_machine_trusts(
    program: Path, tmp_path: Path
) -> None:
    (tmp_path / "errors").write_text("")
    with pytest.raises(StoreError):
        dump(AWAY, tmp_path / "out")
    environment = dict(line.split("=", 1) for line in (tmp_path / "environment").read_text().splitlines())
    assert environment["PGSSLMODE"] == "verify-full" and environment["PGSSLROOTCERT"]
