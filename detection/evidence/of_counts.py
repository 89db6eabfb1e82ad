"""Evidence of counts in large relations: each entity against all the others, without the relation in memory."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.engine import collect
from features.registry import Frame
from features.visits.settlements import count
from models.evidence.others import Others, Prior


def against_others(exposed: Frame, seen: Frame, keys: list[str], prior: Prior) -> Frame:
    """Evidence of the entities that have any of the rows looked for.

    Args:
        exposed: rows that could be what is looked for; each counts one, or its ``weight`` where there is that column.
        seen: those that are.
        keys: columns that name an entity, without nulls.
        prior: what is expected where there are few others.

    Returns:
        ``keys``, value (evidence), observed and expected (counts).
    """
    weighted = "weight" in exposed.collect_schema().names()
    exposure = nw.col("weight").sum() if weighted else count()
    counted = exposed.group_by(keys).agg(exposure=exposure)
    of_seen = seen.group_by(keys).agg(observed=count())
    both = counted.join(of_seen, on=keys, how="left").with_columns(nw.col("observed").fill_null(0))
    alike = collect(both.group_by("observed", "exposure").agg(entities=count()))
    others = Others.of(alike["observed"], alike["exposure"], alike["entities"], prior)
    with_any = collect(both.filter(nw.col("observed") > 0))
    measured = with_any.with_columns(
        pl.Series("value", others.evidence(with_any["observed"], with_any["exposure"]), pl.Float64),
        pl.Series("expected", others.expected(with_any["observed"], with_any["exposure"]), pl.Float64),
    )
    return nw.from_native(measured.drop("exposure").lazy())
