"""The strip beside a reason shows the peers that the reason counted, on a real run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select

from detection.store.queries.alert import alert, peer_strips
from detection.store.queries.reader import Reader, open_reader
from detection.store.schema import Alert


@pytest.fixture
def reader(finished: Path) -> Iterator[Reader]:
    with open_reader(finished) as found:
        assert found is not None
        yield found


def anomalies(reader: Reader) -> list[Alert]:
    return [one for one in reader.session.scalars(select(Alert)) if one.reasons]


def test_every_strip_has_the_count_rank_and_median_of_its_sentence(reader: Reader) -> None:
    told = [(one, reason) for one in anomalies(reader) for reason in one.reasons]
    strips = [strip for one in anomalies(reader) for strip in peer_strips(reader, one.alert_id)]
    assert len(told) > 100
    shown = [(one.feature, len(one.values), one.rank, one.median, one.value) for one in strips]
    assert shown == [
        (reason["feature"], reason["peers"], reason["rank"], reason["median"], reason["value"])
        for _, reason in told
    ]


def test_an_alert_s_rank_is_among_as_many_as_the_score_says(reader: Reader) -> None:
    for one in anomalies(reader):
        assert reader.run is not None
        scores = pl.read_parquet(
            reader.workspace.run(reader.run.run_id) / f"scores/{one.subject_kind}.parquet"
        )
        [peers] = scores.filter(pl.col("entity_id") == one.subject_id)["peers"]
        page = alert(reader, one.alert_id)
        assert page is not None and page.row.peers == peers
        assert page.row.peer_rank is not None and 1 <= page.row.peer_rank <= peers
