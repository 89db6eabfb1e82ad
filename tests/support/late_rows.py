"""Cities of which some rows come late, in a delivery of their own: new ones, and corrections of others."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import polars as pl
from support.cities import Frames

CORRECTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "settlements": (
        ("settlement_id",),
        ("person_id", "provider_id", "care_type", "settled_at", "service_date"),
    ),
    "charge_lines": (("settlement_id",), ("item_kind", "amount")),
    "account_entries": (("entry_id",), ("amount", "posted_at")),
    "persons": (("person_id",), ("death_date", "birth_date")),
    "enrolments": (("person_id",), ("status", "end_date")),
    "contributions": (("person_id", "accrual_month"), ("contribution_base",)),
    "family_authorizations": (("authorization_id",), ("valid_to", "relation")),
    "programme_registrations": (("person_id",), ("to",)),
    "providers": (("provider_id",), ("agreement_start", "agreement_end")),
    "provider_status": (("provider_id",), ("status",)),
    "item_reference": (("item_code",), ("daily_dose",)),
    "registered_contexts": (("context_id",), ()),
    "survey_answers": (("respondent_group", "district_code", "question"), ()),
}
"""By table the columns by whose values rows are late together, and those that a correction changes.

Rows of a table without a key are never corrected: nothing says which row they replace.
"""
_FEW = 20


def split(city: Frames, tables: Sequence[str], seed: int, share: float) -> tuple[Frames, Frames]:
    """The city before a delivery, and the delivery.

    Late rows of half of the keys are there before with values of each other, so that the delivery corrects them.

    Args:
        city: all rows.
        tables: those of which some rows are late.
        seed: of what is late.
        share: of the keys that are late.
    """
    known = {"settlements": city["settlements"].head(1)}  # a delivery has some; this one says nothing new
    before, delivery = dict(city), {name: known.get(name, city[name].head(0)) for name in city}
    for name in tables:
        keys, changed = CORRECTED[name]
        some = _late_keys(city[name], keys, seed, share)
        delivery[name] = city[name].join(some, on=keys, how="semi")
        wrong = delivery[name].join(some.head(some.height // 2), on=keys, how="semi")
        kept = city[name].join(some, on=keys, how="anti")
        before[name] = pl.concat([kept, _exchanged(wrong, changed)]) if changed else kept
    return before, delivery


def _late_keys(table: pl.DataFrame, keys: tuple[str, ...], seed: int, share: float) -> pl.DataFrame:
    known = table.select(keys).unique().sort(keys)
    return known.sample(fraction=share, seed=seed) if known.height > _FEW else known.head(2)


def _exchanged(rows: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Rows with the same keys that have each other's values in some columns."""
    order = list(range(rows.height))
    random.Random(rows.height).shuffle(order)
    return rows.with_columns(rows[name].gather(order) for name in columns if name in rows.columns)
