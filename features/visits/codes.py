"""Dense integer codes for people and providers; they group and join several times as fast as ids."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, Schema, view
from features.visits.settlements import count, is_reversal

_COUNTS: Schema = {"undone": nw.Int64, "made": nw.Int64}


def _gross(settlements: Frame, key: str) -> Frame:
    return (
        settlements.with_columns(undone=is_reversal().cast(nw.Int64).fill_null(0))
        .group_by(key)
        .agg(count().alias("rows"), nw.col("undone").sum())
        .select(key, "undone", made=nw.col("rows") - nw.col("undone"))
    )


def _codes(base: Frame, key: str, code: str) -> Frame:
    return base.select(key).with_row_index(code, order_by=key).with_columns(nw.col(code).cast(nw.Int32))


@view(grain="person, gross of reversals", schema={"person_id": nw.String, **_COUNTS})
def person_gross(settlements: Frame) -> Frame:
    """Counts of a person's rows: made (settlements) and undone (reversal rows)."""
    return _gross(settlements, "person_id")


@view(grain="provider, gross of reversals", schema={"provider_id": nw.String, **_COUNTS})
def provider_gross(settlements: Frame) -> Frame:
    """Counts of a provider's rows: made (settlements) and undone (reversal rows)."""
    return _gross(settlements, "provider_id")


@view(grain="person", schema={"person": nw.Int32, "person_id": nw.String})
def person_codes(person_gross: Frame) -> Frame:
    """``person``, an integer in the order of person_id, for everyone with a settlement."""
    return _codes(person_gross, "person_id", "person")


@view(grain="provider", schema={"provider": nw.Int32, "provider_id": nw.String})
def provider_codes(provider_gross: Frame) -> Frame:
    """``provider``, an integer in the order of provider_id, for every provider with a settlement."""
    return _codes(provider_gross, "provider_id", "provider")
