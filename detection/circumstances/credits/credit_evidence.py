"""The records behind credits: the entry that was wrong, or what shows that one was due."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features import intervals
from features.account.credits import credit_entries
from features.calendar import first_day, last_day
from features.contract.vocabulary import RETIRED
from features.registry import Frame

_MONTH = ["person_id", "month"]
_COLUMNS = [
    *("record_table", "record_id", "record_day", "person_id", "pool", "account"),
    *("source_file", "source_row", "cause", "employer_id"),
]
_NO_CREDIT = ("missing_month", "employer_share", "due_unknown", "category_unknown")


def with_evidence(suspects: Frame, context: DetectorContext) -> Frame:
    """Months of people with the record that shows each: columns of a hit on records, and employer_id.

    A wrong credit is shown by its last entry; a credit that is missing, the employer's share, and a due that is not
    known, by the contribution; one that a retired person misses, by the enrolment, all months of it together.

    Args:
        suspects: person_id, month, cause, money (fen, signed), employer_id; few rows.
        context: the data.
    """
    of_contribution = nw.col("cause").is_in(_NO_CREDIT)
    of_enrolment = nw.col("cause") == "retired_missing_month"
    day = first_day(nw.col("month"))
    dated = suspects.with_columns(record_day=day, account=nw.col("money"), pool=nw.lit(0, dtype=nw.Int64))
    parts = [
        _entries(dated.filter(~of_contribution & ~of_enrolment), context),
        _contributions(dated.filter(of_contribution), context),
        _enrolments(dated.filter(of_enrolment), context),
    ]
    return nw.concat([part.select(_COLUMNS) for part in parts])


def _entries(wrong: Frame, context: DetectorContext) -> Frame:
    """The last entry for the month; of two at one time, the later id."""
    entries = credit_entries(context.whole.account_entries).select(
        "entry_id", "posted_at", "source_file", "source_row", "month", person_id=nw.col("account_id")
    )
    of_wrong = entries.join(wrong.select(_MONTH), on=_MONTH, how="semi")
    latest = of_wrong.filter(nw.col("posted_at") == nw.col("posted_at").max().over(_MONTH))
    last = latest.filter(nw.col("entry_id") == nw.col("entry_id").max().over(_MONTH))
    return wrong.join(last, on=_MONTH, how="inner").with_columns(
        record_table=nw.lit("account_entries"), record_id=nw.col("entry_id")
    )


def _contributions(shown: Frame, context: DetectorContext) -> Frame:
    paid = context.whole.contributions.select(
        "person_id", "accrual_month", "source_file", "source_row", month=nw.col("accrual_month_index")
    )
    named = context.whole.with_texts(shown.join(paid, on=_MONTH, how="inner"), person="person_id")
    return named.with_columns(
        record_table=nw.lit("contributions"),
        record_id=nw.concat_str([nw.col("person"), nw.col("accrual_month")], separator="/"),
    )


def _enrolments(shown: Frame, context: DetectorContext) -> Frame:
    month = nw.col("month")
    retired = context.whole.enrolments.filter(
        nw.col("person_category") == RETIRED, nw.col("scheme") == "employee", nw.col("status") == "active"
    )
    begun = context.whole.with_texts(retired, person="person_id").select(
        *("person_id", "start_day", "end_day", "source_file", "source_row"),
        record_id=nw.concat_str(
            [nw.col("person"), nw.col("scheme"), nw.col("start_date").cast(nw.String)], separator="/"
        ),
    )
    each = shown.join(begun, on="person_id", how="inner").filter(
        intervals.covers("start_day", "end_day", first_day(month), last_day(month))
    )
    return (
        each.group_by("record_id", "person_id", "cause", "source_file", "source_row")
        .agg(
            nw.col("record_day").min(),
            nw.col("account", "pool").sum(),
            nw.col("employer_id").min(),
        )
        .with_columns(record_table=nw.lit("enrolments"))
    )
