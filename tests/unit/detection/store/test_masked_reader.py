"""No query of a plain reader returns an id as the source has it; a revealed one records its reason first."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select
from support.dashboard_fixtures import fill
from support.dashboard_runs import RUN
from support.query_layer import answers, public_queries

from detection.masking import mask
from detection.store.queries import open_store
from detection.store.queries.revealed import RevealedReader
from detection.store.queries.sheets import alert_sheet
from detection.store.schema import Reveal
from detection.store.writer import Writer
from features.errors import StoreError, UsageError
from features.workspace import Workspace, open_workspace

MARKS = ("person-0", "st-0", "entry-0", "prov-0", "G-000")
"""How every id of the sample begins: people, settlements, records, institutions, groups."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root: Path = fill(tmp_path_factory.mktemp("masked") / "sample", alerts_of_each=2)
    return open_workspace(root)


@pytest.mark.parametrize("name", [name for name, _ in public_queries()])
def test_no_query_returns_an_id_of_the_source(sample: Workspace, name: str) -> None:
    query = dict(public_queries())[name]
    with open_store(sample) as reader:
        shown = repr([plain(answer) for answer in answers(reader, name, query)])
    assert not [mark for mark in MARKS if mark in shown]


def test_the_queries_are_discovered_and_answer_something(sample: Workspace) -> None:
    names = dict(public_queries())
    assert {"alert.alert", "alerts.rows", "evidence.evidence", "family.family", "network.network"} <= set(
        names
    )
    with open_store(sample) as reader:
        pages = answers(reader, "alert.alert", names["alert.alert"])
        [sheet] = answers(reader, "sheets.alert_sheet", names["sheets.alert_sheet"])
        networks = answers(reader, "network.network", names["network.network"])
    pseudonym = mask(sample.pseudonym_key(), "person-00001")
    assert pseudonym in repr(pages)
    assert pseudonym in repr(plain(sheet))
    assert any(networks)


def plain(answer: object) -> object:
    """An answer whose text holds all of it."""
    return answer.to_dicts() if isinstance(answer, pl.DataFrame) else answer


def revealing(sample: Workspace, reason: str) -> RevealedReader:
    return RevealedReader(sample, reason, "li", "2024-07-03T08:00:00")


def test_a_revealed_reader_records_its_reason_and_gives_real_ids(sample: Workspace) -> None:
    rows = revealing(sample, "hearing on Friday").read(
        "export alerts", lambda reader: alert_sheet(reader, language="en")
    )
    assert any(identity.startswith("person-0") for identity in rows["subject_id"])
    with open_store(sample) as reader:
        recorded = reader.session.scalars(select(Reveal)).all()
        assert reader.current_run().run_id == RUN
    assert [(item.reason, item.what, item.rows) for item in recorded] == [
        ("hearing on Friday", "export alerts", rows.height)
    ]


def test_real_ids_are_not_given_out_without_a_record(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="reason"):
        revealing(sample, " ")

    def refuse(*_: object, **__: object) -> None:
        raise StoreError("The alert store could not be written.")

    monkeypatch.setattr(Writer, "reveal", refuse)
    with pytest.raises(StoreError):
        revealing(sample, "hearing").read("export alerts", lambda reader: alert_sheet(reader, language="en"))
