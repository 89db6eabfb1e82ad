"""The language of the terminal: decided when a command starts, from its words and the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from enum import StrEnum
from typing import Annotated

import typer

from detection.cli.language.plain import lines_without_orders

OPTION = "--lang"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set states the locale of messages (POSIX)."""


class Language(StrEnum):
    """Language of titles and sentences."""

    en = "en"
    zh = "zh"


PrintLanguage = Annotated[
    Language | None,
    typer.Option("--language", help="Language of what is printed; that of the terminal as default."),
]

_terminal: ContextVar[Language] = ContextVar("language of the terminal", default=Language.en)


def terminal_language() -> Language:
    """The language of this terminal."""
    return _terminal.get()


def set_terminal_language(language: Language) -> None:
    """Print in this language from now on."""
    _terminal.set(language)


def chosen(language: Language | None) -> str:
    """The language that a command was given, or else that of the terminal."""
    return (language or terminal_language()).value


def in_terminal_language(text: str) -> str:
    """A text in the language of this terminal, if it is a `Message` with a translation."""
    if terminal_language() is Language.en:
        return str(text)
    from detection.language.sentences import in_language

    return in_language(text, terminal_language().value)


def say(text: str) -> None:
    """Print a line in the language of this terminal."""
    typer.echo(lines_without_orders(in_terminal_language(text)))


def option_first(words: Sequence[str]) -> list[str]:
    """The words of a command line with ``--lang`` in front, so that it may stand anywhere."""
    option: list[str] = []
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*option, *others, word, *rest]
        if word == OPTION:
            option = [word, *(value for value in [next(rest, None)] if value is not None)]
        elif word.startswith(f"{OPTION}="):
            option = [word]
        else:
            others.append(word)
    return [*option, *others]


def requested(words: Sequence[str]) -> Language | None:
    """The language that the words ask for; None without ``--lang``, or where it names none.

    Args:
        words: as `option_first` returns them.
    """
    match words:
        case [first, *_] if first.startswith(f"{OPTION}="):
            name = first.partition("=")[2]
        case [first, name, *_] if first == OPTION:
            pass
        case _:
            return None
    return Language(name) if name in set(Language) else None


def of_locale(environment: Mapping[str, str], encoding: str | None) -> Language:
    """Chinese under a Chinese locale whose terminal can write it, else English.

    Args:
        environment: environment variables.
        encoding: of the terminal; None where it is not known.
    """
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    chinese = locale.lower().startswith("zh") and _can_write_chinese(encoding)
    return Language.zh if chinese else Language.en


def _can_write_chinese(encoding: str | None) -> bool:
    try:
        "中文".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
