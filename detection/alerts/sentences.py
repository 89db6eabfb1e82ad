"""The sentence of an alert, in both languages: the card's words with the alert's figures in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detection.alerts.draft import Figure, Subject
from detection.detectors.cards import Card
from detection.language.formats import formats
from detection.language.messages import messages
from detection.language.text import LANGUAGES, Language, Text
from detection.masking import mark
from features.errors import CardError

_MONEY = ("amount", "pool", "account", "over", "owed")
_MONTH_LENGTH = len("2023-04")
_MORE_PEOPLE = Text("{named} and {more} more", "{named} 等 {all} 人")
_NAMED = 3  # people named in a sentence; the list next to it has all of them


def people_text(members: Sequence[str], language: str) -> str:
    """Marks of the first few people, and how many more there are."""
    words = messages(language, "codes")
    named = words["list.separator"].join(mark("person", member) for member in members[:_NAMED])
    more = len(members) - _NAMED
    if more <= 0:
        return named
    return _MORE_PEOPLE[language].format(named=named, more=more, all=len(members))


def causes_text(card: Card, counts: Mapping[str, int], language: str) -> str:
    """The causes met, in the card's order, each with how often: ``sent late (3)``, ``上传迟延（3 笔）``."""
    words = messages(language, "codes")
    form = words[f"sentence.cause_of_{card.evidence}"]
    met = [
        form.format(cause=Text(cause.en, cause.zh)[language], n=formats(language).count(counts[name]))
        for name, cause in card.causes.items()
        if counts.get(name)
    ]
    return words["sentence.causes_separator"].join(met)


def seen(card: Card, figures: Mapping[str, Figure], subject: Subject) -> Text:
    """The card's ``observed`` sentence of one alert.

    Args:
        card: the detector's card.
        figures: numbers and ISO days by placeholder; ``causes`` holds the counts of each cause, and stands for all
            that were met. ``first_month`` and ``last_month`` are the months of ``first`` and ``last``.
        subject: whom the alert is about; ids become marks (`detection.masking.mark`).

    Raises:
        CardError: the sentence has a placeholder that no alert fills.
    """
    marks = {
        "subject": mark(subject.kind, subject.identity),
        "provider": mark("provider", subject.provider_id or ""),
    }
    en, zh = (
        _sentence(card, figures, marks | {"people": people_text(subject.member_ids, language)}, language)
        for language in LANGUAGES
    )
    return Text(en, zh)


def _sentence(card: Card, figures: Mapping[str, Figure], marks: Mapping[str, str], language: Language) -> str:
    met = figures.get("causes")
    causes = dict(met) if isinstance(met, Mapping) else {}
    counts: dict[str, Figure] = {**dict.fromkeys(card.causes, 0), **causes}
    filled = {
        name: _text(name, value, language)
        for name, value in {**figures, **counts}.items()
        if name != "causes"
    }
    filled |= {f"{name}_month": filled[name][:_MONTH_LENGTH] for name in ("first", "last") if name in filled}
    filled["causes"] = causes_text(card, causes, language)
    filled.update(marks)
    try:
        return card.words[language].observed.format_map(filled)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise CardError(
            "The {language} sentence `observed` has a placeholder that alerts do not fill: {error}.",
            where=f"{card.detector}.toml",
            next_step="use one of: {names}",
            names=sorted(filled),
            language=language,
            error=str(error),
        ) from None


def _text(name: str, value: Figure, language: Language) -> str:
    if isinstance(value, int):
        return formats(language).money(value) if name in _MONEY else formats(language).count(value)
    return str(value)
