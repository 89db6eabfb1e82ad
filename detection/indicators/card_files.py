"""Reading the indicators' cards: one without a required part is refused, with every problem listed."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from detection.detectors.card_files import dated_thresholds
from detection.detectors.cards import LANGUAGES, Status, Thresholds
from detection.indicators.card import (
    SCREENS,
    AttentionThreshold,
    Comparison,
    Direction,
    IndicatorCard,
    Measured,
    Unit,
    Words,
)
from detection.indicators.cuts import CUTS
from features.contract import TABLES
from features.errors import CardError
from features.indicators.periods import Kind

_ROOT = Path(__file__).parent
_WORDS = tuple(Words.__dataclass_fields__)
_FIELDS = ("screen", "unit", "of", "statements", "kinds", "cuts", "needs", "attention")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "screen": SCREENS,
    "unit": get_args(Unit),
    "against": get_args(Comparison),
}
_LISTS: Mapping[str, tuple[str, ...]] = {
    "of": ("count", "fen"),
    "kinds": get_args(Kind),
    "cuts": CUTS,
}
_SIDES: Mapping[str, tuple[str, ...]] = {"high": ("above",), "low": ("below",), "both": ("below", "above")}
_DATED = ("from", "source", "status")


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
    content = path.read_bytes()
    try:
        raw = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError("The card is not TOML.", where=path.name, problems=[str(error)]) from None
    problems = list(_problems(raw))
    if problems:
        raise CardError(
            "The indicator's card is incomplete.",
            where=path.name,
            problems=problems,
            next_step="mend the card",
        )
    of = tuple(raw["of"])
    return IndicatorCard(
        name=path.stem,
        screen=raw["screen"],
        unit=raw["unit"],
        of=(of[0], of[-1]),
        statements=tuple(raw["statements"]),
        kinds=tuple(raw["kinds"]),
        cuts=tuple(raw["cuts"]),
        against=raw.get("against"),
        needs={table: tuple(columns) for table, columns in raw["needs"].items()},
        needs_policy=tuple(raw.get("needs_policy", ())),
        rests_on=_names(raw, "needs_policy", "rests_on"),
        spans=_names(raw, "needs_policy", "rests_on", "spans"),
        needs_detectors=tuple(raw.get("needs_detectors", ())),
        thresholds=Thresholds(dated_thresholds(raw.get("line", ()))),
        attention=tuple(sorted(map(_attention, raw["attention"]), key=lambda one: one.start)),
        parts={name: {one: words[one] for one in LANGUAGES} for name, words in raw.get("part", {}).items()},
        words={one: Words(**{word: raw[one][word] for word in _WORDS}) for one in LANGUAGES},
        digest=hashlib.sha256(content).hexdigest()[:16],
    )


def _names(raw: Mapping[str, Any], *fields: str) -> tuple[str, ...]:
    """The names that several fields hold, each once."""
    return tuple(dict.fromkeys(name for field in fields for name in raw.get(field, ())))


def _attention(one: Mapping[str, Any]) -> AttentionThreshold:
    return AttentionThreshold(
        one["from"],
        one.get("of", "value"),
        one["direction"],
        one.get("below"),
        one.get("above"),
        one["source"],
        one["source_zh"],
        one["status"],
    )


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    """Everything that is wrong with a card, a line each."""
    yield from (f"{field!r} is missing" for field in _FIELDS if not raw.get(field))
    for field, values in _CHOICES.items():
        if field in raw and raw[field] not in values:
            yield f"{field} = {raw[field]!r} is not one of {', '.join(values)}"
    for field, values in _LISTS.items():
        unknown = [str(one) for one in raw.get(field, ()) if one not in values]
        yield from (f"{field}: {one!r} is not one of {', '.join(values)}" for one in unknown)
    yield from _unknown_needs(raw.get("needs", {}))
    for number, line in enumerate(raw.get("line", ()), 1):
        lacking = [part for part in ("name", "value", "unit", *_DATED) if part not in line]
        yield from (f"[[line]] {line.get('name', number)} lacks {part!r}" for part in lacking)
    for number, line in enumerate(raw.get("attention", ()), 1):
        yield from (f"[[attention]] {number}: {problem}" for problem in _wrong_attention(line))
    compared = {line.get("of") for line in raw.get("attention", ())} & {"difference", "trend"}
    if bool(compared) != ("against" in raw):
        yield "an attention line of a difference or a trend and 'against' go together"
    if len(compared) > 1:
        yield "institutions are looked at by a difference or by a trend, not by both"
    if "trend" in compared and raw.get("against") != "city":
        yield "a trend is held against the city's"
    if "part" in raw.get("cuts", ()) and not raw.get("part"):
        yield "it is cut by part, but names no [part.…]"
    for name, words in raw.get("part", {}).items():
        yield from (f"[part.{name}] lacks {one!r}" for one in LANGUAGES if not words.get(one))
    for language in LANGUAGES:
        said = raw.get(language, {})
        yield from (f"[{language}] lacks {word!r}" for word in _WORDS if not said.get(word))


def _unknown_needs(needs: Mapping[str, Any]) -> Iterator[str]:
    for table, columns in needs.items():
        if table not in TABLES:
            yield f"needs {table}, which is no table of the contract"
            continue
        unknown = [column for column in columns if column not in TABLES[table].columns]
        yield from (f"needs {table}.{column}, which is no column of the contract" for column in unknown)


def _wrong_attention(line: Mapping[str, Any]) -> Iterator[str]:
    direction, of = line.get("direction"), line.get("of", "value")
    if of not in get_args(Measured):
        yield f"of = {of!r} is not one of {', '.join(get_args(Measured))}"
    if direction not in get_args(Direction):
        yield f"direction = {direction!r} is not one of {', '.join(get_args(Direction))}"
    lacking = [*_DATED, "source_zh", *_SIDES.get(str(direction), ())]
    yield from (f"lacks {part!r}" for part in lacking if part not in line)
    if "status" in line and line["status"] not in get_args(Status):
        yield f"status = {line['status']!r} is not one of {', '.join(get_args(Status))}"
    if "from" in line and type(line["from"]) is not dt.date:
        yield f"from = {line['from']!r} is not a date"
