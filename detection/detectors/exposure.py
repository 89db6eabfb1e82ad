"""How common each violation is among what could have it: the measure of its rarity, and a check of the reading.

Null: a column means what the data contract says, and then a violation is rare. What a large share of the exposed rows
or people shows is the fund's own practice, or a column used in another sense: nobody in particular is at fault. Then
there is no alert about anybody, and what remains is a question to the agency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import COMMON_LEAST, Card, Cause
from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.hits import evidence_count
from detection.detectors.subject_tables import SUBJECT_TABLES


@dataclass(frozen=True)
class Exposure:
    """One cause of a detector.

    Attributes:
        violations: pieces of evidence of all cases together.
        exposed: rows of the subject table that could have had it; not fewer than the violations.
        people: with the violation, and who could have had it, where people are what has to be counted.
    """

    violations: int
    exposed: int
    people: tuple[int, int] | None = None

    def is_common(self, card: Card, cause: Cause) -> bool:
        """Whether the violation is too common among what is exposed to be one."""
        if not cause.common_above:
            return False
        percent, least = (
            card.thresholds.at(name, dt.date.max).value for name in (cause.common_above, COMMON_LEAST)
        )
        met, of = self.people or (self.violations, self.exposed)
        return met >= float(str(least)) and met * 100 > of * float(str(percent))

    def reason(self, card: Card, cause: Cause) -> tuple[str, str]:
        """What a reader is told about a common violation, in English and Chinese."""
        table = SUBJECT_TABLES[card.subject_table]
        n, of = (f"{each:,}" for each in self.people or (self.violations, self.exposed))
        rows, counted = ("people", f"{of} 人") if self.people else (table.en, table.counted_zh(of))
        measure = "人" if self.people else table.measure
        return (
            f"“{cause.en}” holds for {n} of the {of} {rows} that could have it, too many for violations: "
            "ask the agency in which sense the field is recorded here",
            f"“{cause.zh}”：可能涉及的{counted}中有 {n} {measure}，"
            "比例过高，不宜视为个别问题，请向经办机构核实该字段在本地的口径",
        )


def exposures(detector: Detector, hits: pl.DataFrame, context: DetectorContext) -> dict[str, Exposure]:
    """The exposure of each cause that has hits.

    Args:
        detector: whose hits they are.
        hits: columns of `detection.detectors.hits.schema_of`.
        context: the rows that it could assess.
    """
    card = detector.card
    count = evidence_count(card)
    counted = hits.group_by("cause").agg(n=count, people=pl.col("member_id").n_unique()).sort("cause")
    if counted.is_empty():
        return {}
    people = detector.exposed_people
    of_people = {} if people is None else people(context, card.detector_thresholds)
    rows = _exposed_rows(card, counted["cause"].to_list(), context)
    return {
        cause: Exposure(n, max(n, rows[cause]), (met, of_people[cause]) if cause in of_people else None)
        for cause, n, met in counted.iter_rows()
    }


def _exposed_rows(card: Card, causes: Iterable[str], context: DetectorContext) -> Mapping[str, int]:
    frame = context.assessable.frame(card.subject_table)
    day = nw.col(SUBJECT_TABLES[card.subject_table].day)
    conditions = [
        ((day == day) & _exposed(card.causes[cause], frame.collect_schema())).alias(cause) for cause in causes
    ]
    counts: pl.LazyFrame = frame.select(each.cast(nw.Int64).sum() for each in conditions).to_native()
    return {name: int(n or 0) for name, n in counts.collect().row(0, named=True).items()}


def _exposed(cause: Cause, schema: Mapping[str, object]) -> nw.Expr:
    exposed = nw.lit(True)
    for column, values in cause.exposed.items():
        if values:
            exposed = exposed & nw.col(column).is_in(list(values)).fill_null(False)
        elif schema[column] == nw.Int64:
            exposed = exposed & (nw.col(column).fill_null(0) != 0)
        else:
            exposed = exposed & ~nw.col(column).is_null()
    return exposed
