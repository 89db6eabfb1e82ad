"""The words of help in the language of the terminal: those of our commands, and the library's own."""

from __future__ import annotations

import inspect
import re
from enum import Enum

from detection.cli.language.choice import Language, terminal_language
from detection.language.messages import messages

CATALOGUE = "help"
_TYPE = re.compile(r"[A-Za-z%][\w%\[\]-]*")


def word(english: str) -> str:
    """A text of help in the language of the terminal; what the catalogue lacks, for instance a name, stays."""
    language = terminal_language()
    return english if language is Language.en else messages(language.value, CATALOGUE).get(english, english)


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of an English text, each in one line."""
    parts = inspect.cleandoc(text or "").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def shown_type(name: str) -> str:
    """The type of an option's value: ``<path>``; a list of choices stays as it is."""
    name = name.replace(" range", "")
    return name if "|" in name else _TYPE.sub(lambda match: word(match[0]), name)


def shown_range(least: float | None, most: float | None) -> str:
    """The numbers that an option takes: ``1 … 120``, ``>= 1``; nothing where it takes all."""
    if least is None or most is None:
        return "" if least is None else f">= {least}"
    return f"{least} .. {most}"


def shown_default(value: object) -> str:
    """A default as help shows it; nothing for none, an empty text and an option that is off."""
    if value is None or value is False or value == "":
        return ""
    return str(value.value if isinstance(value, Enum) else value)
