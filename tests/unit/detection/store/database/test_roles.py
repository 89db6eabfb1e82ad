"""The roles of docs/database.md: what a reader sees, and who takes files away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from support.lead_files import lead_file, make_packets
from support.postgres import READER, Server
from support.signing_in import LI
from support.store_runs import Store

from detection.cases.moves import Actor
from detection.followup.acts import act
from detection.followup.exports import AlertList, export_list
from detection.followup.outside.importing import import_leads
from detection.store.connection import reading, writing
from detection.store.queries import Filters, open_store, stored
from detection.store.queries.disclosure.log import last_exports
from detection.store.queries.leads.queue import LeadFilters, lead_lines
from detection.store.writer import Writer
from features.errors import StoreError
from features.workspace import Place, open_workspace, remember_database

AT = "2026-11-30T12:00:00"
LEAD = {"text": "她用奶奶的卡买药", "institution": "同名药店"}


@pytest.fixture
def store(postgres: Server, tmp_path: Path) -> Iterator[Store]:
    """A store in a database with a packet and a lead."""
    database = postgres.database_with_tables()
    store = Store(tmp_path, database=database)
    remember_database(store.workspace)
    make_packets(store)
    where = Place(store.workspace.root, database)
    import_leads(
        where, lead_file(LEAD), "leads.csv", sender="省医保局", actor=Actor("wang", "inspector"), at=AT
    )
    yield store
    postgres.drop(database)


def granted(store: Store, postgres: Server, *roles: str) -> Place:
    """The workspace as a user with what the page grants some roles."""
    written = Path("docs/database.md").read_text(encoding="utf-8")
    database = store.workspace.database
    assert database is not None
    for role in roles:
        grants = re.findall(rf"^ +((?:GRANT|REVOKE) .* {role};)$", written, re.MULTILINE)
        assert grants
        for each in grants:
            postgres.query(database, each.replace(role, READER))
    return Place(store.workspace.root, postgres.database(database.name, user=READER))


def test_a_reader_sees_lists_but_no_words_of_senders_and_no_files(store: Store, postgres: Server) -> None:
    here = granted(store, postgres, "fw_reader")
    with open_store(open_workspace(here)) as reader:
        assert len(stored.alerts(reader, Filters())) == 2
        assert [line.sender_number for line in lead_lines(reader, LeadFilters(), dt.date(2026, 12, 1))] == [
            "n-1"
        ]
    theirs = open_workspace(here).store
    for statement in (
        "SELECT text FROM outside_lead",
        "SELECT institution FROM outside_lead",
        "SELECT content FROM document_content",
        "SELECT fields FROM form_draft",
    ):
        with pytest.raises(DBAPIError, match="42501"), reading(theirs).connect() as connection:
            connection.execute(text(statement))


def test_a_reader_takes_no_file_and_an_exporter_takes_it_recorded(store: Store, postgres: Server) -> None:
    here = granted(store, postgres, "fw_reader")
    wanted = AlertList(Filters())
    with pytest.raises(StoreError, match="No file leaves without its record") as refused:
        export_list(here, wanted, file_format="csv", language="en", actor=LI, at=AT)
    assert "may not do this" in str(refused.value) and "docs/database.md" in refused.value.next_step
    here = granted(store, postgres, "fw_exporter")
    assert export_list(here, wanted, file_format="csv", language="en", actor=LI, at=AT)
    with open_store(store.workspace) as reader:
        [export] = last_exports(reader, 5)
    assert (export.actor, export.what) == ("li", "alerts")
    [alert, _] = store.alerts()
    assert act(here, [alert.alert_id], actor=LI, action="triage", at=AT).done == ()
    theirs = open_workspace(here).store
    for table in ("audit_entry", "export"):
        with pytest.raises(DBAPIError, match="42501"), writing(theirs).begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))
    assert Writer(store.workspace.store)
