"""The hits of a detector as its card promises them: which columns, in which order, each row once."""

from __future__ import annotations

import polars as pl

from detection.detectors.cards import Card
from features.errors import CardError
from features.ids.codes import CODE
from features.message import verbatim

MONEY = ("pool", "account")
"""Fen at issue of one hit; null for a settlement whose whole payment is at issue."""

_RECORD: dict[str, pl.DataType] = {
    "record_table": pl.String(),
    "record_id": pl.String(),
    "record_day": pl.Int32(),
    "person_id": pl.String(),
    **dict.fromkeys(MONEY, pl.Int64()),
    "source_file": pl.Int32(),
    "source_row": pl.Int64(),
}


def evidence_keys(card: Card) -> tuple[str, ...]:
    """Columns that name one piece of evidence."""
    return ("settlement_id",) if card.evidence == "settlements" else ("record_table", "record_id")


def evidence_ids(card: Card, hits: pl.DataFrame) -> pl.Series:
    """The evidence of each hit, as text: ``s1``, or ``account_entries:e1`` for a record."""
    return hits.select(pl.concat_str(*evidence_keys(card), separator=":").alias("evidence"))["evidence"]


def evidence_count(card: Card) -> pl.Expr:
    """Number of pieces of evidence of some hits."""
    keys = evidence_keys(card)
    return (pl.struct(keys) if len(keys) > 1 else pl.col(keys[0])).n_unique().cast(pl.Int64)


def schema_of(card: Card) -> dict[str, pl.DataType]:
    """Columns of the hits of a card; see "What a detector returns" in docs/design.md."""
    own: dict[str, pl.DataType] = (
        {"settlement_id": pl.String()} if card.evidence == "settlements" else _RECORD
    )
    names = dict.fromkeys(["subject_id", "subject_kind", *card.dedup, "cause"], pl.String())
    money = dict.fromkeys(MONEY, pl.Int64())
    return {**own, **names, "strength": pl.Float64(), "member_id": pl.String(), **money}


def ordered_hits(card: Card, returned: pl.LazyFrame, settlements: pl.LazyFrame) -> pl.DataFrame:
    """The promised columns of a detector's result, each row once, sorted; ids are codes where the detector's are.

    Args:
        card: the detector's card.
        returned: the rows that the detector returned.
        settlements: those that could be assessed, with ``person_id``; a hit on another one is left out.

    Raises:
        CardError: a column or a cause that the card does not promise.
    """
    names = set(returned.collect_schema().names())
    schema = schema_of(card)
    optional = {"strength", "member_id", "subject_kind", *(MONEY if card.evidence == "settlements" else ())}
    missing = sorted(set(schema) - names - optional)
    if missing:
        raise CardError(
            "A detector does not return what its card promises.",
            where=card.detector,
            problems=[verbatim(name) for name in missing],
        )
    columns = {name: pl.col(name) if name in names else pl.lit(None) for name in schema}
    columns["member_id"] = pl.coalesce(columns["member_id"], pl.col("person_id"))
    columns["subject_kind"] = pl.coalesce(columns["subject_kind"], pl.lit(card.subject))
    kept = [name for name in (*schema, "person_id") if name in names]
    rows = returned.select(*dict.fromkeys(kept)).unique().collect(engine="streaming")
    if card.evidence == "settlements":
        rows = rows.join(_settled(rows, settlements), on="settlement_id", suffix="_of_settlement")
    promised = rows.select(columns[name].alias(name) for name in schema)
    texts = {name for name, kind in schema.items() if kind == pl.String and promised.schema[name] == CODE}
    hits = in_hit_order(
        card, promised.cast({name: kind for name, kind in schema.items() if name not in texts}).unique()
    )
    unknown = sorted(set(hits["cause"].unique()) - set(card.causes))
    if unknown:
        raise CardError(
            "A detector returns causes that its card does not know.",
            where=card.detector,
            problems=[verbatim(name) for name in unknown],
        )
    if card.evidence == "records" and hits["record_day"].has_nulls():
        raise CardError("A detector returns records without a day of their own.", where=card.detector)
    return hits


def in_hit_order(card: Card, hits: pl.DataFrame) -> pl.DataFrame:
    """Hits by case, evidence, cause and member."""
    return hits.sort([*card.dedup, *evidence_keys(card), "cause", "member_id"])


def _settled(hits: pl.DataFrame, settlements: pl.LazyFrame) -> pl.DataFrame:
    """The settlements of some hits; without hits no settlement is read."""
    if hits.is_empty():
        return pl.DataFrame(schema=settlements.collect_schema())
    wanted = hits["settlement_id"].unique().implode()
    return settlements.filter(pl.col("settlement_id").is_in(wanted)).collect(engine="streaming")
