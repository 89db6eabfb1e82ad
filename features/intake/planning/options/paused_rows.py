"""What an enrolment with status 2 or 4 and a pause date says: until that date in force, or stopped all along.

A table of the present state has one row that was in force until the pause; a table of intervals has a row of its
own for the pause, right behind the one that it ends. Taken for the other, years of lawful care would seem to fall
into a pause.
"""

from __future__ import annotations

import polars as pl

from features.intake.planning.options.source_sample import Decision, SourceSample

OPTION = "paused_rows"
_FIELDS = ("psn_no", "insutype", "psn_insu_stas", "crt_insu_date", "psn_insu_date", "paus_insu_date")
_DAYS = ("crt_insu_date", "psn_insu_date", "paus_insu_date")
_STOPPED = ("2", "4")


def paused_rows(sight: SourceSample) -> Decision:
    """Settle it by how many stopped rows begin on the day that another row ends, or the day after."""
    rows = pl.concat(list(sight.batches(_FIELDS, day=_DAYS, text=True)) or [_nothing()])
    rows = rows.with_columns(start=pl.coalesce("crt_insu_date", "psn_insu_date"))
    stopped = rows.filter(pl.col("psn_insu_stas").is_in(_STOPPED), pl.col("paus_insu_date").is_not_null())
    if stopped.is_empty():
        return Decision(OPTION, "until", "none", {}, "no stopped enrolment has a pause date")
    key = ["psn_no", "insutype"]
    ends = rows.select(*key, end="paus_insu_date").drop_nulls("end")
    behind = pl.concat(
        [ends.select(*key, start="end"), ends.select(*key, start=pl.col("end").dt.offset_by("1d"))]
    ).unique()
    chained = stopped.join(behind, on=[*key, "start"], how="semi", nulls_equal=True).height
    during = chained * 2 > stopped.height
    figures = {"stopped": stopped.height, "behind_another_row": chained}
    said = f"{chained:,} of {stopped.height:,} stopped enrolments begin where another one ends"
    return Decision(OPTION, "during" if during else "until", "data", figures, said)


def _nothing() -> pl.DataFrame:
    types = {name: pl.Date() if name in _DAYS else pl.String() for name in _FIELDS}
    return pl.DataFrame(schema=types)
