"""Pages of the documentation that are written from cards and code: detectors, indicators and features.

Each function returns a whole page as Markdown. Nothing on these pages is written by hand, so they cannot age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from detection.detectors.cards import Card, LegalBasis, Thresholds
from detection.detectors.catalogue import catalogue
from detection.indicators.card import SCREENS, AttentionThreshold, IndicatorCard
from detection.indicators.card_files import indicator_cards
from detection.language.features import FeatureNote, feature_notes

_FIGURE = re.compile(r"\{\w+\}")
"""Where a sentence of a card holds a figure of the alert."""


def detectors_page() -> str:
    """Every detector: what it reports, what it needs, its thresholds, its law, and what else could explain it."""
    cards = sorted(
        (detector.card for detector in catalogue().values()), key=lambda card: (card.catalogue, card.detector)
    )
    parts = [
        "# Detectors",
        "Written from the cards next to the code. An alert is not a verdict: each detector names the innocent "
        "explanations of what it reports.",
        _table(
            ("number", "detector", "family", "certainty", "queue"),
            [
                (
                    card.catalogue,
                    f"[{card.words['en'].title}](#{card.detector})",
                    card.family,
                    card.certainty,
                    card.queue,
                )
                for card in cards
            ],
        ),
    ]
    for card in cards:
        parts += _detector(card)
    return _page(parts)


def indicators_page() -> str:
    """Every indicator by screen: numerator, denominator, meaning, attention thresholds."""
    parts = [
        "# Indicators",
        "Written from the cards. Each value opens the list of rows that it is computed from.",
    ]
    cards = indicator_cards().values()
    for screen in SCREENS:
        parts.append(f"## {_heading(screen)}")
        for card in sorted((card for card in cards if card.screen == screen), key=lambda card: card.name):
            parts += _indicator(card)
    return _page(parts)


def features_page() -> str:
    """Every feature by entity, with its unit, the side that is suspicious, and the columns that it reads."""
    parts = [
        "# Features",
        "Written from the code. A feature is one number about a person, a provider or a payer account.",
    ]
    notes = sorted(feature_notes(), key=lambda note: (note.entity, note.family, note.name))
    for entity, of_entity in groupby(notes, key=lambda note: note.entity):
        parts += [
            f"## {_heading(entity)}",
            _table(
                ("feature", "meaning", "family", "unit", "suspicious side", "reads"),
                [_feature(note) for note in of_entity],
            ),
        ]
    return _page(parts)


def _detector(card: Card) -> Iterator[str]:
    words = card.words["en"]
    yield f"## {words.title} {{ #{card.detector} }}"
    kinds = (card.catalogue, card.kind, card.certainty, f"about: {card.subject}", card.words["zh"].title)
    yield f"`{card.detector}` · {' · '.join(kinds)}"
    yield words.why_it_matters
    yield f"**Reported as:** {_FIGURE.sub('…', words.observed)}"
    if card.causes:
        yield "**Causes**"
        yield _bullets(
            f"`{cause.name}`: {cause.en} ({cause.zh}); {cause.judgment}" for cause in card.causes.values()
        )
    yield "**Needs**"
    yield _needs(card.needs, [*card.needs_policy, *card.reads_policy], card.needs_minutes)
    yield from _thresholds(card.thresholds)
    yield from _law(card.legal_basis)
    yield "**Innocent explanations**"
    yield _bullets(words.innocent_explanations)
    yield "**What a reviewer does**"
    yield _bullets(words.follow_up)


def _indicator(card: IndicatorCard) -> Iterator[str]:
    words = card.words["en"]
    yield f"### {words.title} {{ #{card.name} }}"
    yield f"`{card.name}` · unit: {card.unit} · {card.words['zh'].title}"
    yield _bullets((f"Numerator: {words.numerator}", f"Denominator: {words.denominator}"))
    yield words.meaning
    yield f"**Innocent explanations:** {words.innocent_explanation}"
    yield "**Needs**"
    yield _needs(card.needs, card.rests_on, ())
    yield from _thresholds(card.thresholds)
    yield "**Attention**"
    yield _table(
        ("from", "of", "below", "above", "status", "source"),
        [_attention(threshold) for threshold in card.attention],
    )


def _attention(threshold: AttentionThreshold) -> tuple[str, ...]:
    bounds = ["" if bound is None else f"{bound:g}" for bound in (threshold.below, threshold.above)]
    return (str(threshold.start), threshold.of, *bounds, threshold.status, threshold.source)


def _feature(note: FeatureNote) -> tuple[str, ...]:
    meaning = f"{note.en.replace('{value}', '…')} {note.zh.replace('{value}', '…')}"
    reads = ", ".join(note.needs) + (" (to the minute)" if note.minutes else "")
    return (f'<a id="{note.name}"></a>`{note.name}`', meaning, note.family, note.unit, note.direction, reads)


def _needs(needs: Mapping[str, Sequence[str]], policy: Sequence[str], minutes: Sequence[str]) -> str:
    columns = [f"{table}.{column}" for table, named in needs.items() for column in named or ("*",)]
    listed = [f"columns: {_codes(columns)}"]
    if minutes:
        listed.append(f"to the minute: {_codes(minutes)}")
    if policy:
        listed.append(f"policy: {_codes(dict.fromkeys(policy))}")
    return _bullets(listed)


def _thresholds(thresholds: Thresholds) -> Iterator[str]:
    if thresholds.values:
        yield "**Thresholds**"
        yield _table(
            ("threshold", "from", "value", "unit", "status", "source"),
            [
                (f"`{name}`", str(value.start), _value(value.value), value.unit, value.status, value.source)
                for name, dated in sorted(thresholds.values.items())
                for value in dated
            ],
        )


def _law(cited: Sequence[LegalBasis]) -> Iterator[str]:
    if cited:
        yield "**Law**"
        yield _table(
            ("instrument", "from", "area"),
            [(str(basis), str(basis.start), basis.area or "everywhere") for basis in cited],
        )


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _heading(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
