"""The steps under migrations/ lead to the tables of schema.py, and to nothing else."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from support.drafts import a_card, a_draft
from support.older_stores import take_back
from support.store_runs import Store

from detection.language.law import Citation, law_text
from detection.store import migrations
from detection.store.casework import tables as casework_tables
from detection.store.connection import reading, writing
from detection.store.disclosure.tables import DisclosureRequest
from detection.store.migrations.revisions import OLDER_REVISIONS, SCHEMA_REVISION
from detection.store.pseudonyms.tables import FormerPseudonym
from detection.store.schema import Base
from detection.store.writer import Writer
from features.errors import StoreError


def test_migrated_tables_are_those_of_the_schema(tmp_path: Path) -> None:
    Writer(tmp_path / "store.sqlite")
    with writing(tmp_path / "store.sqlite").begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        for table in (casework_tables.CaseFile, FormerPseudonym, DisclosureRequest):
            assert table.__table__ in Base.metadata.sorted_tables
        assert compare_metadata(context, Base.metadata) == []


def test_a_store_of_the_first_version_is_brought_up_to_date_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with writing(path).begin() as connection:
        migrations.upgrade(connection, "0001")
        names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
        connection.exec_driver_sql(
            "INSERT INTO reveal VALUES (1, 'noon', 'li', 'hearing', 'export alerts', 3)"
        )
    assert "alert" in names and "record_evidence" not in names
    Writer(path)
    with reading(path).connect() as connection:
        assert connection.exec_driver_sql("SELECT reason FROM reveal").scalar() == "hearing"
        assert connection.exec_driver_sql("SELECT count(*) FROM record_evidence").scalar() == 0


def test_readers_expect_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    steps = ScriptDirectory.from_config(config)
    assert steps.get_heads() == [SCHEMA_REVISION]
    older = [step.revision for step in steps.walk_revisions() if step.revision != SCHEMA_REVISION]
    assert sorted(older) == list(OLDER_REVISIONS)


def test_opening_a_store_again_changes_nothing(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    Writer(store.workspace.store)
    assert store.alert(draft).status == "new"


def test_a_step_that_fails_leaves_no_half_made_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite"

    def breaks(connection: Connection) -> None:
        migrations.upgrade(connection)
        raise RuntimeError("power cut")

    monkeypatch.setattr("detection.store.connection.upgrade", breaks)
    with pytest.raises(StoreError):
        Writer(path)
    tables = sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == []


def test_a_store_of_another_version_is_refused_with_both_versions_named(store: Store) -> None:
    path = store.workspace.store_file
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=f"9999.*{SCHEMA_REVISION}"):
        reading(path)
    with pytest.raises(StoreError):
        Writer(path)


@pytest.mark.parametrize(
    ("sentence", "citation"),
    [
        (
            "State Council Order No. 735, arts. 17 and 41",
            ("State Council Order No. 735", "arts. 17 and 41", None, None),
        ),
        ("NHSA Order No. 7 (events from 2026-04-01)", ("NHSA Order No. 7", None, "2026-04-01", None)),
        (
            "Order, of 2020, Art. 1 (events until 2021-04-30)",
            ("Order, of 2020", "Art. 1", None, "2021-04-30"),
        ),
        (
            "Order, arts. 38 and 40 (events from 2021-05-01 to 2022-12-31)",
            ("Order", "arts. 38 and 40", "2021-05-01", "2022-12-31"),
        ),
        (
            "Written by hand (events from long ago)",
            ("Written by hand (events from long ago)", None, None, None),
        ),
    ],
)
def test_law_of_the_previous_version_becomes_citations(
    store: Store, sentence: str, citation: tuple[str | None, ...]
) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    take_back(store.workspace.store_file, "0002")
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE alert SET legal_basis = ?", (json.dumps([sentence]),))
    parts = dict(zip(("instrument", "article", "from", "to"), citation, strict=True))
    assert store.alert(draft).legal_basis == [parts], "reading brings the store up to date"
    assert law_text(Citation.from_json(parts), "en") == sentence


def test_older_alerts_get_the_kind_of_money_of_their_card(store: Store) -> None:
    cards = [
        a_card(digest="rule"),
        a_card(digest="pattern", certainty="statistical"),
        a_card(digest="list", kind="model", certainty="statistical"),
    ]
    drafts = [
        a_draft(card.digest, card_digest=card.digest, certainty=card.certainty, detector_kind=card.kind)
        for card in cards
    ]
    store.run("r1", *drafts, cards=cards)
    take_back(store.workspace.store_file, "0003")
    kinds = [store.alert(draft).money_kind for draft in drafts]
    assert kinds == ["at_issue", "in_question", "context"] == [card.money_kind for card in cards]


def test_the_people_of_stored_alerts_are_kept_by_person(store: Store) -> None:
    draft = a_draft("pair", kind="group", member_ids=("ben", "anna"))
    store.run("r1", draft)
    take_back(store.workspace.store_file, "0006")
    Writer(store.workspace.store)
    with reading(store.workspace.store).connect() as connection:
        rows = connection.exec_driver_sql("SELECT person_id, alert_id FROM alert_member").all()
    assert sorted(tuple(row) for row in rows) == [("anna", draft.alert_id), ("ben", draft.alert_id)]
