"""What the hits of a detector were made of, besides the rows: hits with another digest are not used again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version

import polars as pl

from detection.detectors.assessability import missing_for_cause
from detection.detectors.assessable_rows import areas_elsewhere
from detection.detectors.cards import Card
from detection.detectors.context import DetectorContext
from detection.detectors.reach import Reach
from detection.links.catalogue import breaks_of
from detection.links.link import Part
from features.readings import Reading

_LIBRARIES = ("polars", "narwhals", "numpy")


def digest_of(
    card: Card, reach: Reach, context: DetectorContext, code: str, readings: Sequence[Reading]
) -> str:
    """Hash of code, policy, columns, readings, and of what decides which rows the detector can assess.

    Args:
        card: of the detector.
        reach: its own.
        context: the whole data set.
        code: version of the code, which covers the cards.
        readings: how words with two meanings were read.
    """
    whole = context.whole
    content = [
        card.detector,
        code,
        _versions(),
        context.area,
        context.policy.digest,
        sorted((name, sorted(whole.columns[name])) for name in whole.columns),
        [sorted(whole.day_precision), sorted(whole.of_today)],
        [(reading.name, reading.value) for reading in readings],
        sorted(reach.reads),
        _assessed(card, context),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _assessed(card: Card, context: DetectorContext) -> list[object]:
    """What the row filters of a card are made of, and the causes that cannot be assessed at all."""
    links = sorted({name for cause in (None, *card.causes) for name in card.links_of(cause)})
    return [
        [
            (name, each.name, repr(_in_text(each.part, context)))
            for name in links
            for each in breaks_of(name, context.views)
        ],
        [name for name in card.causes if any(missing_for_cause(card, name, context))],
        [_texts(ids, context) for ids in areas_elsewhere(context)] if card.needs_policy else [],
    ]


def _in_text(part: Part | None, context: DetectorContext) -> Part | None:
    """A part with the texts of its ids: another data set has other codes."""
    if part is None or part.ids is None:
        return part
    return replace(part, ids=tuple(_texts(part.ids, context)))


def _texts(ids: Sequence[str], context: DetectorContext) -> list[str]:
    rows = pl.DataFrame({"id": pl.Series(ids, dtype=context.whole.id_type)})
    return context.whole.in_text(rows, "id")["id"].to_list()


@cache
def _versions() -> list[str]:
    return [platform.python_version(), *(version(name) for name in _LIBRARIES)]
