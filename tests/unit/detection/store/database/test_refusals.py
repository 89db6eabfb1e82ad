"""A database that cannot be used is refused with what to do; no message and no log has the password."""

from __future__ import annotations

import logging
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from support.drafts import a_draft
from support.postgres import PASSWORD, READER, Server
from support.signing_in import LI
from support.store_runs import Store

from detection.followup.acts import act
from detection.store.connection import reading, writing
from detection.store.migrations.revisions import SCHEMA_REVISION
from detection.store.queries import Filters, open_reader, open_store, stored
from detection.store.queries.audit.reading import missing_protection
from detection.store.writer import Writer, prepare_store
from features.errors import StoreError, WorkspaceError
from features.workspace import Database, Place, open_workspace, remember_database
from features.workspace.place import VARIABLE, database_of

ONE = a_draft("one")
GUESS = "guess-of-mine"


@pytest.fixture
def store(postgres: Server, tmp_path: Path) -> Iterator[Store]:
    """A store in a database, with one run."""
    database = postgres.database_with_tables()
    store = Store(tmp_path, database=database)
    remember_database(store.workspace)
    store.run("r1", ONE)
    yield store
    postgres.drop(database)


def place(store: Store, postgres: Server, **changed: str) -> Place:
    """The same workspace and database, asked for as somebody else."""
    database = store.workspace.database
    assert database is not None
    return Place(store.workspace.root, postgres.database(database.name, **changed))


def refused(database: Database) -> StoreError:
    """The error of a writer and of a reader, which is the same."""
    with pytest.raises(StoreError) as writer:
        Writer(database)
    with pytest.raises(StoreError) as reader:
        reading(database)
    assert reader.value.lines() == writer.value.lines()
    return writer.value


def test_a_wrong_password_is_refused_and_not_repeated(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = refused(postgres.database("postgres", password=GUESS))
    assert "does not accept the user writer" in str(error)
    causes = [error, error.__cause__, getattr(error.__cause__, "orig", None)]
    for word in (GUESS, PASSWORD):
        assert word not in caplog.text + " ".join(map(str, causes))


def test_a_database_that_is_absent_is_refused_with_how_to_make_it(postgres: Server) -> None:
    assert "createdb" in refused(postgres.database("nothing_of_this_name")).next_step


@pytest.mark.parametrize("address", ["localhost:9/alerts", "/alerts?host=/nowhere"])
def test_a_server_that_is_absent_is_refused(address: str) -> None:
    database = database_of({VARIABLE: f"postgresql://li:secret@{address}"})
    assert database is not None
    error = refused(database)
    assert "cannot be reached" in str(error) and "secret" not in str(error)


def test_a_database_that_sorts_otherwise_is_refused_before_anything_is_written(postgres: Server) -> None:
    database = postgres.new_database("--template=template0", "--encoding=UTF8", "--locale=C.UTF-8")
    assert "--locale=C" in refused(replace(database, made=True)).next_step
    assert postgres.query(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"


def test_a_database_of_another_workspace_is_refused(store: Store, postgres: Server, tmp_path: Path) -> None:
    other = open_workspace(replace(place(store, postgres), root=tmp_path / "other"), create=True)
    assert other.database is not None
    assert "another workspace" in str(refused(other.database))
    assert store.current() == "r1"


def test_a_database_that_lost_its_tables_is_no_new_beginning(store: Store, postgres: Server) -> None:
    empty = Place(store.workspace.root, postgres.new_database())
    database = open_workspace(empty).database
    assert database is not None and database.made
    error = refused(database)
    assert "has lost the alerts" in str(error) and "backup" in error.next_step
    with pytest.raises(StoreError, match="has lost"):
        prepare_store(open_workspace(empty))
    assert postgres.query(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"


def test_a_dump_belongs_to_the_same_workspace(store: Store, postgres: Server, tmp_path: Path) -> None:
    source, target, dump = store.workspace.database, postgres.new_database(), tmp_path / "dump"
    assert source is not None
    postgres.run("pg_dump", "--format=custom", f"--file={dump}", source.name)
    postgres.run("pg_restore", f"--dbname={target.name}", str(dump))
    with open_store(open_workspace(Place(store.workspace.root, target))) as reader:
        assert [alert.alert_id for alert in stored.alerts(reader, Filters())] == [ONE.alert_id]


def test_without_the_address_the_workspace_does_not_open(store: Store) -> None:
    with pytest.raises(WorkspaceError, match=VARIABLE):
        open_workspace(store.workspace.root)


def test_before_the_first_run_there_is_nothing_to_read(postgres: Server, tmp_path: Path) -> None:
    where = Place(tmp_path / "ws", postgres.new_database())
    space = open_workspace(where, create=True)
    with open_reader(where) as reader:
        assert reader is None
    with pytest.raises(StoreError, match="no alert store"):
        reading(space.store)
    prepare_store(space)
    with open_reader(where) as reader:
        assert reader is None


def test_a_reader_needs_no_more_than_to_read(store: Store, postgres: Server) -> None:
    database = store.workspace.database
    here = place(store, postgres, user=READER)
    with (
        pytest.raises(StoreError, match="user reader of the database may not"),
        open_store(open_workspace(here)),
    ):
        pass
    postgres.query(database, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}")
    with open_store(open_workspace(here)) as reader:
        assert [alert.alert_id for alert in stored.alerts(reader, Filters())] == [ONE.alert_id]
    done = act(here, [ONE.alert_id], actor=LI, action="triage", at="2024-07-03T12:00:00")
    assert done.done == () and "user reader of the database may not" in done.refused[0]
    assert store.alert(ONE).status == "new"


def test_a_writer_needs_no_right_to_change_what_was_done(store: Store, postgres: Server) -> None:
    database = store.workspace.database
    written = Path("docs/database.md").read_text(encoding="utf-8")
    grants = re.findall(r"^ +((?:GRANT|REVOKE) .* fw_writer;)$", written, re.MULTILINE)
    assert len(grants) == 4
    for each in grants:
        postgres.query(database, each.replace("fw_writer", READER))
    here = place(store, postgres, user=READER)
    assert act(here, [ONE.alert_id], actor=LI, action="triage", at="2024-07-03T12:00:00").done
    theirs = open_workspace(here).store
    writer = Writer(theirs)
    writer.reveal(actor="li", reason="case 12", what="identity", rows=1, at="noon", subject="P-X")
    writer.export(actor="li", what="alerts", detail="", file_format="csv", rows=1, at="noon")
    for table in ("alert_event", "reveal", "export"):
        with pytest.raises(DBAPIError, match="42501"), writing(theirs).begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize(
    "change",
    [
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "DROP TRIGGER audit_entry_no_change ON audit_entry; CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OF at"
        " OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
    ],
)
def test_a_trigger_that_refuses_less_is_named(store: Store, postgres: Server, change: str) -> None:
    with open_store(store.workspace) as reader:
        assert missing_protection(reader) == []
    postgres.query(store.workspace.database, change)
    with open_store(store.workspace) as reader:
        assert "audit_entry_no_change" in missing_protection(reader)


def test_tables_of_an_earlier_version_need_a_user_who_may_change_them(store: Store, postgres: Server) -> None:
    database = store.workspace.database
    postgres.query(database, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}")
    postgres.query(database, "UPDATE alembic_version SET version_num = '0005'")
    with (
        pytest.raises(StoreError, match="user reader"),
        open_store(open_workspace(place(store, postgres, user=READER))),
    ):
        pass


def test_tables_of_a_later_version_are_refused_with_both_versions(store: Store, postgres: Server) -> None:
    postgres.query(store.workspace.database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=f"9999.*{SCHEMA_REVISION}"):
        reading(store.workspace.store)
    with pytest.raises(StoreError):
        Writer(store.workspace.store)


def test_a_writer_needs_no_right_to_change_tables(store: Store, postgres: Server) -> None:
    database = store.workspace.database
    postgres.query(
        database, f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {READER}"
    )
    postgres.query(database, f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {READER}")
    done = act(
        place(store, postgres, user=READER),
        [ONE.alert_id],
        actor=LI,
        action="triage",
        at="2024-07-03T12:00:00",
    )
    assert done.done == (ONE.alert_id,)


def test_two_writers_do_not_mix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = writing(store.workspace.store)
    with engine.begin() as connection:
        waiting = engine.connect()
        waiting.connection.cursor().execute("SET lock_timeout = '50ms'")
        waiting.connection.commit()
        waiting.close()
        with pytest.raises(StoreError, match="Somebody else is writing"):
            store.act(ONE, "triage")
        connection.execute(text("UPDATE alert SET status = 'expired'"))
        assert store.alert(ONE).status == "new", "readers see the last whole state"
    engine.dispose()
    assert store.alert(ONE).status == "expired"


KILLED = """
import os, signal, sys
from detection.store.connection import writing
from features.workspace.place import database_of
from sqlalchemy import text
with writing(database_of(os.environ)).begin() as connection:
    connection.execute(text("UPDATE alert SET status = 'lost'"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_leaves_what_was_before(store: Store, postgres: Server) -> None:
    database = store.workspace.database
    assert database is not None
    environment = {VARIABLE: postgres.address(database.name), "PYTHONPATH": ":".join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert store.alert(ONE).status == "new"
    assert store.act(ONE, "triage") == "triaged"


def test_a_server_that_was_started_again_is_connected_to_again(store: Store, postgres: Server) -> None:
    assert store.current() == "r1"
    postgres.query(
        None, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fundwatch'"
    )
    assert store.current() == "r1"
    assert store.act(ONE, "triage") == "triaged"
