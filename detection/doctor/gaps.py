"""What detectors lack: tables and columns, policy values, attributes of items, and links that are broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from detection.detectors.assessability import Assessability, Reason, assess, missing_for_cause
from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.waiting import waiting_for_columns, waiting_for_policy
from features.contract import TABLES
from features.tables import Tables

_ITEMS = "item_reference"
ITEM_ATTRIBUTES = tuple(name for name in TABLES[_ITEMS].columns if name not in TABLES[_ITEMS].key)
"""Columns of the reference of items that say something about an item."""
COUNT_OF_ROWS = " can be assessed"
"""End of a reason that counts rows and names no cause."""
_OF_POLICY = ("needs policy ", "policy not known")
"""Beginnings of the reasons that name policy values."""


@dataclass(frozen=True)
class Waiting:
    """Something that is missing, and the detectors that wait for it.

    Attributes:
        what, what_zh: what is missing.
        whole: detectors that are off without it.
        part: detectors of which a part is off.
    """

    what: str
    what_zh: str
    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttributeGap:
    """An attribute of items: how many of the codes in use have it, and which detectors need it."""

    column: str
    items: int
    known: int
    waiting: tuple[str, ...]


def assessabilities(context: DetectorContext) -> dict[str, Assessability]:
    """What each detector can assess, as a run determines it."""
    return {name: assess(detector.card, context)[0] for name, detector in catalogue().items()}


def switched_off(context: DetectorContext, answers: Mapping[str, Assessability]) -> list[Waiting]:
    """What the data lack by reason, the reasons of most detectors first; policy values are in `policy_gaps`.

    Args:
        context: the whole data set.
        answers: `assessabilities` of it.
    """
    whole: dict[Reason, list[str]] = {}
    part: dict[Reason, list[str]] = {}
    for name, answer in answers.items():
        card = catalogue()[name].card
        if answer.status == "not_assessable":
            for reason in reasons_of(answer.reason_en, answer.reason_zh):
                whole.setdefault(reason, []).append(name)
        else:
            for reason in _of_causes(card, context):
                part.setdefault(reason, []).append(name)
    gaps = [
        Waiting(en, zh, tuple(whole.get((en, zh), ())), tuple(part.get((en, zh), ())))
        for en, zh in dict.fromkeys([*whole, *part])
        if not en.startswith(_OF_POLICY)
    ]
    return sorted(gaps, key=lambda gap: (-len(gap.whole), -len(gap.part), gap.what))


def reasons_of(en: str, zh: str) -> list[Reason]:
    """Reasons one by one, without counts of rows; all in one where the two languages do not have equally many."""
    parts_en, parts_zh = en.split("; "), zh.split("；")
    if len(parts_en) != len(parts_zh):
        return [(en, zh)]
    reasons = list(zip(parts_en, parts_zh, strict=True))
    return [reason for reason in reasons if not reason[0].endswith(COUNT_OF_ROWS)] or reasons


def policy_gaps(context: DetectorContext, period: tuple[int, int]) -> list[Waiting]:
    """Parameters that detectors use and that are known on no day of the claims.

    Args:
        context: with the policy.
        period: first and last day of the claims.
    """
    first, last = period
    gaps = []
    for name, detectors in waiting_for_policy().items():
        windows = context.policy.known_windows(name)
        covered = any(
            window.start_day <= last and (window.end_day is None or window.end_day >= first)
            for window in windows
        )
        if not covered:
            words = context.policy.words.get(name, {})
            gaps.append(Waiting(name, words.get("zh") or name, part=tuple(detectors)))
    return gaps


def attribute_gaps(tables: Tables) -> list[AttributeGap]:
    """Attributes of the items in use, that detectors need; empty where the data have no lines."""
    if not tables.has("charge_lines", "item_code"):
        return []
    waiting = waiting_for_columns()
    used: pl.LazyFrame = tables.charge_lines.select("item_code").to_native()
    reference: pl.LazyFrame = tables.item_reference.select("item_code", *ITEM_ATTRIBUTES).to_native()
    known = [pl.col(name).is_not_null().any().alias(name) for name in ITEM_ATTRIBUTES]
    items = (
        used.drop_nulls()
        .unique()
        .join(reference.group_by("item_code").agg(known), on="item_code", how="left")
        .select(
            pl.len().alias("items"),
            *(pl.col(name).fill_null(False).cast(pl.Int64).sum() for name in ITEM_ATTRIBUTES),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    return [
        AttributeGap(name, items["items"], items[name] or 0, tuple(waiting.get(f"{_ITEMS}.{name}", ())))
        for name in ITEM_ATTRIBUTES
    ]


def first_and_last(tables: Tables) -> tuple[int, int]:
    """First and last day of the claims, in days since 1970-01-01."""
    settled = pl.col("settled_day")
    frame: pl.LazyFrame = tables.settlements.select("settled_day").to_native()
    first, last = frame.select(first=settled.min(), last=settled.max()).collect().row(0)
    return int(first), int(last)


def _of_causes(card: Card, context: DetectorContext) -> Iterator[Reason]:
    reasons: Sequence[Reason] = [
        reason for name in card.causes_with("violation") for reason in missing_for_cause(card, name, context)
    ]
    yield from dict.fromkeys(reasons)
