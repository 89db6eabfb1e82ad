"""What an alert says, in both languages: the card's words with the alert's figures in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import format_currency, format_decimal

from detection.detectors.cards import Card
from detection.masking import mark
from features.errors import CardError

_MONEY = ("amount", "pool", "account", "over", "owed")
_MONTH = len("2023-04")
_NAMED = 3  # people named in a sentence; the list beside it has all of them


@lru_cache(maxsize=65_536)
def money_text(fen: int, language: str) -> str:
    """Fen as money: ``CN¥1,234.56`` in English, ``¥1,234.56`` in Chinese."""
    return str(format_currency(Decimal(fen).scaleb(-2), "CNY", locale=language))


@lru_cache(maxsize=65_536)
def count_text(count: int, language: str) -> str:
    """A count with thousands marks."""
    return str(format_decimal(count, locale=language))


def people_text(members: Sequence[str], language: str) -> str:
    """Marks of the first few people, and how many more there are."""
    named = [mark("person", member) for member in members[:_NAMED]]
    more = len(members) - len(named)
    if language == "zh":
        return "、".join(named) + (f"等{len(members)}人" if more else "")
    return ", ".join(named) + (f" and {more} more" if more else "")


def causes_text(card: Card, counts: Mapping[str, int], language: str) -> str:
    """The causes met, in the card's order, each with how often: ``sent late (3)``, ``上传迟延（3 笔）``."""
    met = [(one, counts[name]) for name, one in card.causes.items() if counts.get(name)]
    if language == "zh":
        measure = "条" if card.evidence == "records" else "笔"
        return "；".join(f"{one.zh}（{count_text(n, language)} {measure}）" for one, n in met)
    return "; ".join(f"{one.en} ({count_text(n, language)})" for one, n in met)


def seen(card: Card, figures: Mapping[str, Any], marks: Mapping[str, str], language: str) -> str:
    """The card's ``observed`` sentence of one alert.

    Args:
        card: the detector's card.
        figures: numbers and ISO days by placeholder; ``causes`` holds the counts of each cause, and stands for all
            that were met. ``first_month`` and ``last_month`` are the months of ``first`` and ``last``.
        marks: marks of ids by placeholder (`detection.masking.mark`).
        language: ``en`` or ``zh``.

    Raises:
        CardError: the sentence has a placeholder that no alert fills.
    """
    counts = {**dict.fromkeys(card.causes, 0), **figures.get("causes", {})}
    filled = {
        name: _text(name, value, language)
        for name, value in {**figures, **counts}.items()
        if name != "causes"
    }
    filled |= {f"{name}_month": figures[name][:_MONTH] for name in ("first", "last") if name in figures}
    filled["causes"] = causes_text(card, figures.get("causes", {}), language)
    filled.update(marks)
    try:
        return card.words[language].observed.format_map(filled)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise CardError(
            f"The {language} sentence `observed` has a placeholder that alerts do not fill: {error}.",
            where=f"{card.detector}.toml",
            next_step="use one of: " + ", ".join(sorted(filled)),
        ) from None


def _text(name: str, value: Any, language: str) -> str:
    if name in _MONEY:
        return money_text(value, language)
    return count_text(value, language) if isinstance(value, int) else str(value)
