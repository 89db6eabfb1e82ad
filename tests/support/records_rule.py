"""A plain rule on ledger entries, for tests of the runner: every entry above ten yuan."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    return context.assessable.account_entries.filter(nw.col("amount") > 1000).select(
        "source_file",
        "source_row",
        cause=nw.lit("wrong"),
        record_table=nw.lit("account_entries"),
        record_id=nw.col("entry_id"),
        record_day=nw.col("posted_day"),
        person_id=nw.col("account_id"),
        account_id=nw.col("account_id"),
        subject_id=nw.col("account_id"),
        pool=nw.lit(0),
        account=nw.col("amount"),
    )
