"""Reading the cards of indicators: one that cannot be used is refused, with every problem listed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from detection.detectors.cards import Thresholds
from detection.indicators.card import SCREENS, AttentionThreshold, IndicatorCard, Words
from detection.indicators.card_model import AttentionEntry, CardFile, contradictions
from detection.indicators.thresholds import thresholds_of
from features.dated import problems, read_toml, with_new_keys
from features.errors import CardError

_ROOT = Path(__file__).parent
_NEW_KEYS = {"line": "threshold"}
_NEW_TEXT_KEYS = {"tells": "meaning", "innocent": "innocent_explanation"}
"""Keys of cards by their names in the first version."""


@cache
def indicator_cards(root: Path = _ROOT) -> dict[str, IndicatorCard]:
    """Every indicator's card by name, in the order of the screens, then of the names.

    Raises:
        CardError: a card that cannot be used.
    """
    cards = [read_indicator_card(path) for path in root.glob("*/*.toml")]
    cards.sort(key=lambda card: (SCREENS.index(card.screen), card.name))
    return {card.name: card for card in cards}


def read_indicator_card(path: Path) -> IndicatorCard:
    """Read and check one card.

    Raises:
        CardError: with every problem of the card.
    """
    content = _with_new_keys(read_toml(path, CardError), path.name)
    if wrong := [*problems(CardFile, content), *contradictions(content)]:
        raise CardError(
            "The indicator's card cannot be used.",
            where=path.name,
            problems=wrong,
            next_step="correct the card; its keys are described in docs/schemas/indicator.schema.json",
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return _card(path.stem, CardFile.model_validate(content), digest)


def _card(name: str, file: CardFile, digest: str) -> IndicatorCard:
    return IndicatorCard(
        name=name,
        screen=file.screen,
        unit=file.unit,
        of=(file.of[0], file.of[-1]),
        statements=tuple(file.statements),
        kinds=tuple(file.kinds),
        cuts=tuple(file.cuts),
        against=file.against,
        needs={table: tuple(columns) for table, columns in file.needs.items()},
        needs_policy=tuple(file.needs_policy),
        rests_on=_distinct(file.needs_policy, file.rests_on),
        spans=_distinct(file.needs_policy, file.rests_on, file.spans),
        needs_detectors=tuple(file.needs_detectors),
        thresholds=Thresholds(thresholds_of(file.threshold)),
        attention=tuple(sorted(map(_attention, file.attention), key=lambda threshold: threshold.start)),
        parts={code: part.model_dump() for code, part in file.part.items()},
        words={"en": Words(**file.en.model_dump()), "zh": Words(**file.zh.model_dump())},
        digest=digest,
    )


def _attention(entry: AttentionEntry) -> AttentionThreshold:
    return AttentionThreshold(
        start=entry.start,
        of=entry.of,
        direction=entry.direction,
        below=entry.below,
        above=entry.above,
        source=entry.source,
        source_zh=entry.source_zh,
        status=entry.status,
    )


def _distinct(*names: Sequence[str]) -> tuple[str, ...]:
    """The names of several lists in order, each once."""
    return tuple(dict.fromkeys(name for several in names for name in several))


def _with_new_keys(content: Mapping[str, object], where: str) -> dict[str, object]:
    card = with_new_keys(content, _NEW_KEYS, where)
    for language in ("en", "zh"):
        text = card.get(language)
        if isinstance(text, dict):
            card[language] = with_new_keys(text, _NEW_TEXT_KEYS, where)
    return card
