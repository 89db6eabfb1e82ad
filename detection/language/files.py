"""What card and policy files say in English only, in a reader's language.

These are the sources of values, and the names and reasons of cases. The catalogues are keyed by the English sentence,
so that a file reads alone; a test asks for the Chinese of every sentence. What a fund's own files say stays as it is.
"""

from __future__ import annotations

from functools import cache

from detection.language.messages import catalogues, messages


def source_text(source: str, language: str) -> str:
    """Where a value comes from.

    Args:
        source: as in the file, or as stored with an alert by this version or an earlier one.
        language: ``en`` or ``zh``.
    """
    return _translated("sources", source, language)


def case_text(text: str, language: str) -> str:
    """Name or reason of a card's case."""
    return _translated("cases", text, language)


def column_title(column: str, language: str) -> str:
    """A column of the data contract, also by the short name that cases use (``settlement``)."""
    if language == "en":
        return column.replace("_", " ")
    return messages(language, "contract").get(f"column.{column}", column)


def cell_text(column: str, value: str, language: str) -> str:
    """A cell of a case: the name of a code; an id, a day or a number as it is."""
    if language == "en":
        return value
    known = messages(language, "contract")
    return known.get(f"code.{column}.{value}") or known.get(f"code.{value}", value)


def _translated(stem: str, text: str, language: str) -> str:
    return text if language == "en" else _chinese(stem).get(text, text)


@cache
def _chinese(stem: str) -> dict[str, str]:
    names = catalogues("zh", stem)
    return {english: chinese for name in names for english, chinese in messages("zh", name).items()}
