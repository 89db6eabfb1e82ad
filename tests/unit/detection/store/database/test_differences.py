"""What SQLite and PostgreSQL do differently, and the store does alike."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Integer, String, Table, func, insert, literal, select, update
from sqlalchemy.exc import DBAPIError
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft, a_record_draft
from support.postgres import Server
from support.store_runs import Store

from detection.store import migrations
from detection.store.accounts.tables import UserRow
from detection.store.audit.table import AuditEntry
from detection.store.casework.tables import CaseFile
from detection.store.connection import reading, writing
from detection.store.engines.bulk import insert_frame
from detection.store.engines.sql import Greatest, Least, first
from detection.store.migrations.revisions import SCHEMA_REVISION
from detection.store.pseudonyms.tables import FormerPseudonym
from detection.store.queries import Filters, open_store, stored
from detection.store.queries.evidence import record_months
from detection.store.queries.totals import totals
from detection.store.rows import evidence_rows
from detection.store.schema import Alert, Base, Evidence, Export, Reveal
from detection.store.writer import Writer

ORDERED = ["", "A-1", "B", "Zoë", "a", "b", "Ärzte", "ä", "一", "丁", "医院", "😀"]
"""As their code points are ordered, which is how SQLite and Python compare texts."""


@on_both_stores
def test_texts_sort_by_code_point(store: Store) -> None:
    with writing(store.workspace.store).begin() as connection:
        rows = [
            {"at": "noon", "actor": text, "what": "w", "detail": "", "file_format": "csv", "rows": 1}
            for text in reversed(ORDERED)
        ]
        connection.execute(insert(Export), rows)
        assert (
            connection.scalars(select(Export.actor).order_by(Export.actor)).all()
            == ORDERED
            == sorted(ORDERED)
        )


@on_both_stores
@pytest.mark.parametrize(
    ("text", "subjects"), [("a TITLE", ["one"]), ("标题", ["one"]), ("100%_", []), ("é", [])]
)
def test_a_search_ignores_case_as_far_as_ascii_goes(store: Store, text: str, subjects: list[str]) -> None:
    other = a_draft("two", title=type(a_draft().explanation.title)("É 100% ok", "别的"))
    store.run("r1", a_draft("one"), other)
    with open_store(store.workspace) as reader:
        assert [alert.subject_id for alert in stored.alerts(reader, Filters(text=text))] == subjects


@on_both_stores
def test_money_of_more_than_32_bits_adds_up_to_whole_numbers(store: Store) -> None:
    most = 3_000_000_000_000
    store.run("r1", *(a_draft(name, pool=most, account=1) for name in "abc"))
    with open_store(store.workspace) as reader:
        money = totals(reader, Filters()).at_issue
        [summed] = reader.session.execute(select(func.sum(Alert.pool_at_issue))).one()
    assert (money.pool, money.account) == (3 * most, 3)
    assert type(money.pool) is type(summed) is int


@on_both_stores
def test_texts_are_as_long_as_they_are(store: Store) -> None:
    long = "长" * 500
    store.writer.reveal(actor=long, reason=long, what=long, rows=1, at="noon", subject=long)
    with reading(store.workspace.store).connect() as connection:
        assert connection.execute(select(Reveal.actor, Reveal.subject)).one() == (long, long)


@on_both_stores
def test_json_comes_back_as_it_was_and_is_read_by_name(store: Store) -> None:
    figures = {
        "n": 1,
        "share": 0.1,
        "text": '引号" \\ ü',
        "none": None,
        "list": [1.5, True],
    }
    store.run("r1", a_draft("one", figures=figures))
    with open_store(store.workspace) as reader:
        [alert] = stored.alerts(reader, Filters())
        assert alert.figures | figures == alert.figures
        assert list(alert.figures)[: len(figures)] == list(figures)
        assert reader.session.scalar(select(Alert.figures["share"].as_float())) == 0.1
        assert reader.session.scalar(select(Alert.figures["absent"].as_float())) is None


@on_both_stores
def test_scores_come_back_to_the_last_bit(store: Store) -> None:
    scores = [0.1 + 0.2, 1 / 3, 99.99999999999999]
    store.run("r1", *(a_draft(str(score), score=score) for score in scores))
    assert sorted(alert.score for alert in store.alerts()) == sorted(scores)


@on_both_stores
def test_the_greater_and_the_lesser_of_two_values(store: Store) -> None:
    values = (literal(3, Integer), literal(5, Integer))
    with reading(store.workspace.store).connect() as connection:
        assert connection.execute(select(Greatest(*values), Least(*values))).one() == (5, 3)


@on_both_stores
def test_months_are_grouped_by_the_beginning_of_a_day(store: Store) -> None:
    store.run("r1", a_draft("one", settlements=("s1", "s2")), a_record_draft())
    month = first(Evidence.settled_at, 7)
    with open_store(store.workspace) as reader:
        counted = reader.session.execute(select(month, func.count()).group_by(month)).all()
        months = record_months(reader, a_record_draft().alert_id)
    assert counted == [("2024-03", 2)]
    assert months == [("2024-03", 500, -200)]


@on_both_stores
def test_an_absent_value_is_none_and_comes_where_it_is_put(store: Store) -> None:
    somewhere, nowhere = a_draft("one", district="320602"), a_draft("two", district=None)
    store.run("r1", somewhere, nowhere)
    with open_store(store.workspace) as reader:
        rows = [alert.subject_id for alert in stored.alerts(reader, Filters(district="none"))]
        both = stored.alerts(reader, Filters(district="none,320602"))
    assert rows == ["two"]
    assert len(both) == 2


@on_both_stores
def test_a_date_that_is_no_day_is_no_error_of_the_database(store: Store) -> None:
    """Days are texts: what a person typed into an address is compared, and never converted."""
    store.run("r1", a_draft("one", first=dt.date(2024, 3, 1)))
    with open_store(store.workspace) as reader:
        assert totals(reader, Filters(start="2024-13-77")).alerts == 0


@on_both_stores
def test_a_reader_cannot_write(store: Store) -> None:
    with reading(store.workspace.store).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(
            insert(Reveal), {"at": "noon", "actor": "a", "reason": "r", "what": "w", "rows": 1}
        )


@on_both_stores
def test_evidence_names_an_alert_that_exists(store: Store) -> None:
    store.run("r1", a_draft("one"), cards=[a_card()])
    with (
        pytest.raises(DBAPIError, match=r"(?i)foreign key"),
        writing(store.workspace.store).begin() as connection,
    ):
        connection.execute(update(Evidence).values(alert_id="A-0"))
    unknown = evidence_rows(a_draft("two"))
    with (
        pytest.raises(DBAPIError, match=r"(?i)foreign key"),
        writing(store.workspace.store).begin() as connection,
    ):
        insert_frame(connection, cast("Table", Evidence.__table__), unknown)


def _other_type(_: object, __: object, ___: object, inspected: object, expected: object) -> bool | None:
    """Whether a column has another type than the schema says; texts have any length, and None leaves it to Alembic."""
    return False if isinstance(inspected, String) and isinstance(expected, String) else None


def test_migrations_from_nothing_lead_to_the_same_tables_in_a_database(postgres: Server) -> None:
    database = postgres.new_database()
    Writer(database)
    with writing(database).begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _other_type})
        rows = (AuditEntry, CaseFile, FormerPseudonym, UserRow)
        assert {row.__table__ for row in rows} <= set(Base.metadata.sorted_tables)
        differences = compare_metadata(context, Base.metadata)
        assert [
            each for each in differences if each[0] != "remove_table_comment"
        ] == []  # it names the workspace
        assert migrations.revision_of(connection) == SCHEMA_REVISION


@on_both_stores
def test_evidence_comes_back_with_every_character(store: Store) -> None:
    odd = ("tab\there", "line\nbreak\r", 'quo"te', "back\\slash \\N", "\\N", "单据, 一", "")
    store.run("r1", a_draft("one", settlements=odd))
    with open_store(store.workspace) as reader:
        rows = stored.evidence(reader, a_draft("one").alert_id)
    assert sorted(row.settlement_id for row in rows) == sorted(odd)
    assert {row.proof for row in rows} == {None}
