"""Settlements taken back within minutes, again and again, for one person at one provider (D09)."""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.facts import Facts
from features.registry import Frame

_CASE = ["person_id", "provider_id"]


def hits(facts: Facts, line: Lines) -> Frame:
    """The settlements taken back, where enough of them follow each other within the days of the line.

    A loop is a settlement that is reversed in full within minutes. One cashier's correction (settled,
    reversed, settled again as it should be) is one loop, and one loop never fires.
    """
    loops = _loops(facts, line).with_columns(dense=_dense(line))
    operators = nw.col("operator_id").n_unique().over(*_CASE)
    same = (operators == 1) & ~nw.col("operator_id").is_null()
    return (
        loops.filter(nw.col("dense"))
        .with_columns(
            cause=nw.when(same).then(nw.lit("one_operator")).otherwise(nw.lit("several_operators")),
            strength=nw.len().over(*_CASE).cast(nw.Float64),
        )
        .select("settlement_id", *_CASE, "cause", "strength", nw.col("person_id").alias("subject_id"))
    )


def _loops(facts: Facts, line: Lines) -> Frame:
    """Settlements that were reversed in full within the minutes of the line."""
    undone = facts.settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        nw.col("reverses_settlement_id").alias("settlement_id"),
        nw.col("settled_minute").alias("undone_minute"),
        nw.col("total_amount").alias("undone_amount"),
    )
    waited = nw.col("undone_minute") - nw.col("settled_minute")
    return (
        facts.settlements.join(undone, on="settlement_id", how="inner")
        .filter(
            nw.col("total_amount") + nw.col("undone_amount") == 0,
            waited >= 0,
            waited <= line.expression("within_minutes", nw.col("settled_day")),
        )
        .select("settlement_id", *_CASE, "operator_id", "settled_day", "settled_minute")
    )


def _dense(line: Lines) -> nw.Expr:
    """Whether a loop is one of ``min_loops`` that follow each other within ``window_days``."""
    loops, days = int(line.latest("min_loops")), int(line.latest("window_days"))
    order = ["settled_minute", "settlement_id"]
    dense = nw.lit(False)
    for before in range(loops):  # the loop stands at any of the places of such a run
        first = nw.col("settled_day").shift(before).over(*_CASE, order_by=order)
        last = nw.col("settled_day").shift(before - loops + 1).over(*_CASE, order_by=order)
        dense = dense | (last - first < days).fill_null(False)
    return dense
