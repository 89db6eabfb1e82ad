"""Whose care a case cites again and again: more of the people involved than chance makes of any customer.

A case about an institution cites the bills of many people, most of whom may be honest. Null: it cites any bill of the
place with one chance, that of the others' bills there meanwhile; binomial over the person's own bills. Whoever came
often is expected to be cited often, and where nearly all bills of a place are cited, nobody stands out.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.evidence.of_alerts import TOUCHED
from models.evidence.choices import binomial_surprise

_MOST = 0.2
"""Share of a case's evidence for whom it cites again and again: bounded below the subject's own."""
_SURE = 3.0
"""Surprise from which the whole share counts: one in a thousand customers."""
_INDIVIDUALS = ("person", "payer_account")
_PERSON = ["case", "person_id"]


def with_recurrence(
    pieces: pl.DataFrame, drafts: Sequence[AlertDraft], settlements: pl.LazyFrame
) -> pl.DataFrame:
    """The pieces, with a larger share for involved persons whom a case cites more than its other customers.

    Args:
        pieces: columns of `detection.evidence.pieces.PIECES`.
        drafts: alerts; those about individuals and records are left as they are.
        settlements: settlement_id, person_id, provider_id, settled_day; everything that was assessed.
    """
    parts = [
        draft.evidence.select("settlement_id", "person_id", "provider_id", case="alert_id")
        for draft in drafts
        if draft.subject.kind not in _INDIVIDUALS and not draft.evidence.is_empty()
    ]
    if not parts:
        return pieces
    shares = _shares(pl.concat(parts), settlements)
    touched = (pl.col("role") == "touched") & (pl.col("subject_kind") == "person")
    return (
        pieces.join(
            shares,
            left_on=["case", "subject_id"],
            right_on=_PERSON,
            how="left",
            maintain_order="left",
        )
        .with_columns(share=pl.when(touched).then(pl.max_horizontal("share", "own_share")).otherwise("share"))
        .select(pieces.columns)
    )


def _shares(cited: pl.DataFrame, settlements: pl.LazyFrame) -> pl.DataFrame:
    """Share of each person in each case: `_PERSON`, own_share."""
    there = (
        settlements.select("settlement_id", "person_id", "provider_id", day="settled_day")
        .join(cited.lazy().select("provider_id").unique(), on="provider_id", how="semi")
        .collect()
    )
    span = (
        cited.join(there.select("settlement_id", "day"), on="settlement_id")
        .group_by("case")
        .agg(first=pl.col("day").min(), last=pl.col("day").max())
    )
    bills = (
        there.join(cited.select("case", "provider_id").unique(), on="provider_id")
        .join(span, on="case")
        .filter(pl.col("day").is_between("first", "last"))
        .group_by(_PERSON)
        .agg(own=pl.len().cast(pl.Int64))
    )
    people = (
        bills.join(cited.group_by(_PERSON).agg(cited=pl.len().cast(pl.Int64)), on=_PERSON, how="left")
        .with_columns(pl.col("cited").fill_null(0))
        .with_columns(
            others=pl.col("own").sum().over("case") - pl.col("own"),
            others_cited=pl.col("cited").sum().over("case") - pl.col("cited"),
        )
        .filter(pl.col("cited") > 0)
        .sort(_PERSON)
    )
    rate = (people["others_cited"] + 0.5) / (people["others"] + 1)
    surprise = pl.Series(binomial_surprise(people["cited"], people["own"], rate), dtype=pl.Float64)
    grown = TOUCHED + (_MOST - TOUCHED) * (surprise / _SURE).clip(0.0, 1.0)
    return people.select(_PERSON).with_columns(own_share=grown.round(6))
