"""What the hits of a detector were made of, besides the rows: hits with another digest are not used again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version

from detection.detectors.assessability import missing_for_cause
from detection.detectors.assessable_rows import areas_elsewhere
from detection.detectors.cards import Card
from detection.detectors.context import DetectorContext
from detection.detectors.reach import Reach
from detection.links.catalogue import breaks_of
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
        [(name, each.name, repr(each.part)) for name in links for each in breaks_of(name, context.views)],
        [name for name in card.causes if any(missing_for_cause(card, name, context))],
        areas_elsewhere(context) if card.needs_policy else [],
    ]


@cache
def _versions() -> list[str]:
    return [platform.python_version(), *(version(name) for name in _LIBRARIES)]
