"""The screens of a workspace whose alerts are in a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.dashboard_fixtures import OpenPage, fill
from support.postgres import Server

from detection.store.queries import Filters, open_reader
from detection.store.queries.alerts import rows
from features.workspace import Place
from features.workspace.place import VARIABLE


def test_the_screens_show_it_and_say_when_it_is_absent(
    postgres: Server, tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = postgres.database_with_tables()
    where = Place(tmp_path / "ws", database)
    root = fill(where, alerts_of_each=1)
    monkeypatch.setenv(VARIABLE, postgres.address(database.name))
    with open_reader(where) as reader:
        assert reader is not None
        [first, *_] = rows(reader, Filters())
    for page, parameters in (("home", {}), ("alerts", {}), ("alert", {"alert": first.alert_id})):
        shown = open_page(root, page, **parameters)
        assert not shown.exception and not shown.error, page
        assert shown.main.children
    postgres.drop(database)
    absent = open_page(root, "home")
    assert not absent.exception
    [error] = absent.error
    assert "There is no database" in error.value
    monkeypatch.delenv(VARIABLE)
    [unset] = open_page(root, "home").error
    assert VARIABLE in unset.value
