"""A store without a run: a query of the current run ends with an error that names the next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detection.store.queries import data, home, network
from detection.store.queries.reader import Reader, open_store
from detection.store.writer import Writer
from features.errors import StoreError
from features.workspace import open_workspace


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    workspace = open_workspace(tmp_path / "ws", create=True)
    Writer(workspace.store)
    with open_store(workspace) as opened:
        yield opened


@pytest.mark.parametrize(
    "query",
    [
        home.ribbon,
        home.figures,
        home.weekly,
        data.current_intake,
        lambda reader: data.flagged(reader, page=1, size=10),
        lambda reader: data.quarantined(reader, page=1, size=10),
    ],
    ids=["ribbon", "figures", "weekly", "intake", "flagged", "quarantined"],
)
def test_a_query_of_the_current_run_says_that_there_is_none(
    query: Callable[[Reader], Any], reader: Reader
) -> None:
    with pytest.raises(StoreError, match="No run has finished") as refused:
        query(reader)
    assert "fundwatch run" in refused.value.next_step


def test_an_alert_that_is_not_there_has_no_network(reader: Reader) -> None:
    assert network.network(reader, "A-none") is None
