"""Sentences in the language of a screen: their templates are looked up, and their values filled in."""

from __future__ import annotations

from functools import cache

from detection.language.messages import case_label, messages
from detection.language.text import Text
from features.errors import FundwatchError
from features.message import Code, Message, fill

CATALOGUES = (
    "errors",
    "errors_accounts",
    "errors_audit",
    "errors_cards",
    "errors_cases",
    "errors_database",
    "errors_input",
    "errors_policy",
    "printed",
)
"""Translations by English template; what stands in the code is English."""


def error_text(error: FundwatchError, language: str) -> str:
    """The lines of an error in a language, ``en`` or ``zh``."""
    return "\n".join(in_language(line, language) for line in error.lines())


def in_language(text: str, language: str) -> str:
    """A text in a language; one that is no `Message`, or has no translation, stays as it is."""
    if isinstance(text, Code):
        return case_label(text.group, text, language)
    if language == "en" or not isinstance(text, Message):
        return str(text)
    template = _templates(language).get(text.template, text.template)
    return fill(template, text.values, "、", lambda value: in_language(value, language))


def in_both(text: str) -> Text:
    """A text in both languages."""
    return Text(str(text), in_language(text, "zh"))


@cache
def _templates(language: str) -> dict[str, str]:
    return {
        template: text for catalogue in CATALOGUES for template, text in messages(language, catalogue).items()
    }
