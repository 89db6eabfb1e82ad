"""A provider whose settlements arrive late, without fields that they must have, or do not add up (D42).

What is counted is exact; how much of it is worth a letter is drawn on the card. A case is a provider, and
each kind of defect is judged by itself, by quarter: a bad day is no habit, and a few rows are none either.
"""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.facts import Facts
from features.registry import Frame
from features.visits.settlements import count, is_reversal

_CASE = ["provider_id", "quarter"]
_PARTS = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
_PAYERS = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid", "cash_paid", "provider_borne")
_CARE = ("outpatient", "emergency", "chronic_outpatient", "special_outpatient", "inpatient")
"""Kinds of care that a doctor gives: a pharmacy lawfully sends neither diagnosis nor prescriber."""
_RARE = ("scope", "payers", "dates")
"""Defects that no row should have: a small share of them is held against a line of its own."""
_SEEN_BY: dict[str, tuple[str, ...]] = {
    "late": ("service_date",),
    "no_diagnosis": ("diagnosis_code",),
    "no_prescriber": ("prescriber_id",),
    "no_operator": ("operator_id",),
    "scope": _PARTS,
    "payers": (*_PAYERS, "mutual_aid_payer_id"),
    "dates": ("service_date", "prescribed_at", "admitted_on", "discharged_on"),
}
"""What a defect is seen by, as the card says: a column that the source lacks is missing nowhere."""
_MONTHS = 3


def hits(facts: Facts, line: Lines) -> Frame:
    """The settlements with a defect that is frequent at their provider in that quarter.

    A defect is judged only where the source has what it is seen by. Reversals are left out: they repeat what is
    wrong with the settlement that they reverse.
    """
    quarter = (nw.col("settled_month") // _MONTHS).alias("quarter")
    sent = facts.settlements.filter(~is_reversal()).with_columns(quarter)
    found = [_frequent(sent, name, *defect, line) for name, defect in _defects(facts, line).items()]
    return nw.concat(found).select(
        "settlement_id", "provider_id", "cause", nw.col("provider_id").alias("subject_id")
    )


def _defects(facts: Facts, line: Lines) -> dict[str, tuple[nw.Expr, nw.Expr]]:
    """By cause: on which rows it is looked for, and which of them have it."""
    every, care = ~nw.col("settlement_id").is_null(), nw.col("care_type").is_in(_CARE)
    waited = nw.col("settled_day") - nw.col("service_day")
    defects = {
        "late": (
            ~nw.col("service_date").is_null(),
            waited > line.expression("late_days", nw.col("service_day")),
        ),
        "no_diagnosis": (care, _blank("diagnosis_code")),
        "no_prescriber": (care, _blank("prescriber_id")),
        "no_operator": (every, _blank("operator_id")),
        "scope": (every, _unequal(_PARTS, line)),
        "payers": (every, _unequal(_PAYERS, line) | _nameless()),
        "dates": (every, _impossible()),
    }
    return {
        name: defect for name, defect in defects.items() if facts.tables.has("settlements", *_SEEN_BY[name])
    }


def _frequent(sent: Frame, name: str, asked: nw.Expr, defect: nw.Expr, line: Lines) -> Frame:
    """The rows with a defect, where they are many enough, on days enough, and a share enough of those asked."""
    rare = "rare_" if name in _RARE else ""
    rows, days, percent = (int(line.latest(f"{rare}{least}")) for least in ("rows", "days", "percent"))
    of_defect = sent.filter(asked).with_columns(defect=defect.fill_null(False).cast(nw.Int64))
    frequent = (
        of_defect.group_by(*_CASE, "settled_day")
        .agg(count().alias("sent"), nw.col("defect").sum())
        .group_by(*_CASE)
        .agg(
            nw.col("sent").sum(),
            nw.col("defect").sum().alias("defects"),
            (nw.col("defect") > 0).cast(nw.Int64).sum().alias("days"),
        )
        .filter(
            nw.col("defects") >= rows,
            nw.col("days") >= days,
            nw.col("defects") * 100 >= nw.col("sent") * percent,
        )
    )
    return (
        of_defect.filter(nw.col("defect") == 1)
        .join(frequent.select(_CASE), on=_CASE, how="semi")
        .select("settlement_id", "provider_id", cause=nw.lit(name))
    )


def _blank(column: str) -> nw.Expr:
    return nw.col(column).is_null() | (nw.col(column).str.strip_chars() == "")


def _unequal(parts: tuple[str, ...], line: Lines) -> nw.Expr:
    """Whether the total is not the sum of its parts."""
    return (nw.col("total_amount") - nw.sum_horizontal(*parts)).abs() > int(line.latest("tolerance_fen"))


def _nameless() -> nw.Expr:
    """Mutual aid without a payer, or a payer without mutual aid."""
    return (nw.col("mutual_aid_paid").fill_null(0) != 0) == nw.col("mutual_aid_payer_id").is_null()


def _impossible() -> nw.Expr:
    """Prescribed after it was settled, discharged before admission, or given after it was settled."""
    return nw.any_horizontal(
        nw.col("prescribed_day") > nw.col("settled_day"),
        (nw.col("prescribed_minute") > nw.col("settled_minute")),
        nw.col("discharged_day") < nw.col("admitted_day"),
        nw.col("service_day") > nw.col("settled_day"),
        ignore_nulls=True,
    )
