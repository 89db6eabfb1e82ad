"""Option ``paused_rows``: an enrolment with status 2 or 4 and a pause date was in force until then, or never.

A table of the present state has one row, which was in force until the pause. A table of intervals has a separate
row for the pause, directly after the row that it ends. Reading one as the other would turn years of lawful care
into care during a pause.
"""

from __future__ import annotations

import polars as pl

from features.intake.manifest import Decision
from features.intake.planning.options.option import Option
from features.intake.planning.options.source_sample import SourceSample

_NAME = "paused_rows"
_FIELDS = ("psn_no", "insutype", "psn_insu_stas", "crt_insu_date", "psn_insu_date", "paus_insu_date")
_DAYS = ("crt_insu_date", "psn_insu_date", "paus_insu_date")
_STOPPED = ("2", "4")


def resolve(sample: SourceSample) -> Decision:
    """Choose by the number of stopped rows that begin on the day another row ends, or on the next day."""
    rows = pl.concat(list(sample.batches(_FIELDS, day=_DAYS, text=True)) or [_no_rows()])
    rows = rows.with_columns(start=pl.coalesce("crt_insu_date", "psn_insu_date"))
    stopped = rows.filter(pl.col("psn_insu_stas").is_in(_STOPPED), pl.col("paus_insu_date").is_not_null())
    if stopped.is_empty():
        return Decision(
            option=_NAME, value="until", by="none", explanation="no stopped enrolment has a pause date"
        )
    key = ["psn_no", "insutype"]
    ends = rows.select(*key, end="paus_insu_date").drop_nulls("end")
    next_starts = pl.concat(
        [ends.select(*key, start="end"), ends.select(*key, start=pl.col("end").dt.offset_by("1d"))]
    ).unique()
    chained = stopped.join(next_starts, on=[*key, "start"], how="semi", nulls_equal=True).height
    return Decision(
        option=_NAME,
        value="during" if chained * 2 > stopped.height else "until",
        by="data",
        figures={"stopped": stopped.height, "behind_another_row": chained},
        explanation=f"{chained:,} of {stopped.height:,} stopped enrolments begin where another one ends",
    )


def _no_rows() -> pl.DataFrame:
    types = {name: pl.Date() if name in _DAYS else pl.String() for name in _FIELDS}
    return pl.DataFrame(schema=types)


OPTION = Option(_NAME, table="enrolments", column="status", resolve=resolve)
