"""A statement takes one trip to the server, whatever its parameters; the driver by itself makes three."""

from __future__ import annotations

import pytest
from pg8000 import core
from sqlalchemy import literal, select
from sqlalchemy.exc import DBAPIError
from support.both_stores import POSTGRESQL
from support.store_runs import Store

from detection.store.connection import reading, writing


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each wait for an answer of the server."""
    counted: list[object] = []
    wait = core.CoreConnection.handle_messages

    def counting(connection: core.CoreConnection, context: core.Context) -> None:
        counted.append(context)
        wait(connection, context)

    monkeypatch.setattr(core.CoreConnection, "handle_messages", counting)
    return counted


@pytest.mark.parametrize("store", [POSTGRESQL], indirect=True)
def test_a_statement_takes_one_trip(store: Store, trips: list[object]) -> None:
    with reading(store.workspace.store).connect() as connection:
        connection.execute(select(literal("begun")))
        trips.clear()
        row = connection.execute(select(literal("a'b\\c"), literal(7), literal(None))).one()
        assert tuple(row) == ("a'b\\c", 7, None)
        assert len(trips) == 1


@pytest.mark.parametrize("store", [POSTGRESQL], indirect=True)
def test_a_refused_statement_ends_its_transaction_alone(store: Store) -> None:
    engine = writing(store.workspace.store)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(select(literal(1) / literal(0)))
    with engine.begin() as connection:
        assert connection.scalar(select(literal("again"))) == "again"
