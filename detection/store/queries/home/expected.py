"""Money that a visit may recover, by institution: the certainty of an alert times its money, each row once."""

from __future__ import annotations

import polars as pl

from detection.alerts.inspection import PARTS, expected
from detection.store.queries.cited import cited, cited_rows
from detection.store.queries.filters import Filters
from detection.store.queries.reader import Reader


def expected_by_institution(reader: Reader, filters: Filters) -> dict[str, float]:
    """Fen that the alerts of a list may recover, by id of the institution.

    Each settlement or record counts once for an institution, at the alert that is surest of most of it. All spending
    of a subject is no money to recover. With a period, the rows of its days alone.
    """
    names = cited(reader).institutions
    rows = cited_rows(reader, filters).filter(
        pl.col("institution").is_not_null(), pl.col("kind") != "context"
    )
    once = rows.with_columns(expected=expected()).group_by("institution", "key").agg(pl.col("expected").max())
    sums = once.group_by("institution").agg(pl.col("expected").sum())
    return {names[institution]: parts / PARTS for institution, parts in sums.iter_rows()}
