"""Where a workspace is: the address of a database, and a workspace that never changes where its alerts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import UsageError, WorkspaceError
from features.workspace import open_workspace, remember_database
from features.workspace.place import VARIABLE, Database, Place, database_of


def database(address: str) -> Database:
    parts = database_of({VARIABLE: address})
    assert parts is not None
    return parts


def test_an_address_has_its_parts() -> None:
    parts = database("postgresql://li%40nt:p%2Fss%3F@db.example:6432/fund%20watch?sslrootcert=/etc/ca.pem")
    assert (parts.user, parts.password, parts.host, parts.port) == ("li@nt", "p/ss?", "db.example", 6432)
    assert (parts.name, parts.encryption, parts.authorities) == (
        "fund watch",
        "verify-full",
        Path("/etc/ca.pem"),
    )


@pytest.mark.parametrize(
    ("host", "encryption"),
    [("db.example", "verify-full"), ("localhost", "disable"), ("127.0.0.1", "disable"), ("[::1]", "disable")],
)
def test_only_on_this_machine_a_connection_is_open_to_read_by_itself(host: str, encryption: str) -> None:
    assert database(f"postgresql://li@{host}/alerts").encryption == encryption
    assert database(f"postgresql://li@{host}/alerts?sslmode=require").encryption == "require"


def test_a_socket_is_a_folder_of_this_machine() -> None:
    parts = database("postgresql://li:secret@/alerts?host=/run/postgresql")
    assert (parts.host, parts.socket, parts.port) == ("/run/postgresql", True, 5432)
    assert str(parts) == "postgresql://li@/alerts?host=/run/postgresql"


@pytest.mark.parametrize("environment", [{}, {VARIABLE: ""}, {VARIABLE: "  "}])
def test_no_address_is_no_database(environment: dict[str, str]) -> None:
    assert database_of(environment) is None


@pytest.mark.parametrize(
    "address",
    [
        "secret",
        "mysql://li:secret@db/alerts",
        "postgresql://db/alerts?password=secret",
        "postgresql://li:secret@db",
        "postgresql://li:secret@/alerts",
        "postgresql://li:secret@db:secret/alerts",
        "postgresql://li:secret@db/alerts?sslmode=maybe",
        "postgresql://li:secret@db/alerts?search_path=secret",
        "postgresql://li:sec#ret@db/alerts",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match=VARIABLE) as refused:
        database(address)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


def test_the_password_is_in_no_text_of_an_address() -> None:
    parts = database("postgresql://li:secret@db/alerts")
    assert "secret" not in f"{parts} {parts!r} {Place(Path(), parts)!r}"


ONE = database("postgresql://li:secret@db/alerts")


def test_a_workspace_remembers_that_its_alerts_are_in_a_database(tmp_path: Path) -> None:
    made = open_workspace(Place(tmp_path / "ws", ONE), create=True)
    assert made.database is not None and made.database.workspace and not made.database.made
    remember_database(made)
    again = open_workspace(Place(tmp_path / "ws", ONE)).database
    assert again is not None and again.made
    assert again.workspace == made.database.workspace
    with pytest.raises(WorkspaceError, match=f"set {VARIABLE}"):
        open_workspace(tmp_path / "ws")
    assert "secret" not in (tmp_path / "ws" / "workspace.json").read_text()


def test_a_workspace_with_alerts_in_its_folder_does_not_begin_anew_in_a_database(tmp_path: Path) -> None:
    space = open_workspace(tmp_path / "ws", create=True)
    assert space.store == space.store_file
    space.store_file.touch()
    with pytest.raises(WorkspaceError, match=f"unset {VARIABLE}"):
        open_workspace(Place(tmp_path / "ws", ONE), create=True)
    assert open_workspace(tmp_path / "ws").database is None


def test_looking_into_a_workspace_does_not_bind_it(tmp_path: Path) -> None:
    open_workspace(tmp_path / "ws", create=True)
    open_workspace(Place(tmp_path / "ws", ONE))
    assert open_workspace(tmp_path / "ws").database is None
