"""What card and policy files say in English only, in a reader's language.

These are the sources of values, and the names and reasons of cases. The catalogues are keyed by the English sentence,
so that a file reads alone; a test asks for the Chinese of every sentence. What a fund's own files say stays as it is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from detection.language.messages import messages

FOLDER = Path(__file__).parent / "file_texts"


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
    return messages(language, "contract", FOLDER).get(f"column.{column}", column)


def cell_text(column: str, value: str, language: str) -> str:
    """A cell of a case: the name of a code; an id, a day or a number as it is."""
    if language == "en":
        return value
    known = messages(language, "contract", FOLDER)
    return known.get(f"code.{column}.{value}") or known.get(f"code.{value}", value)


def _translated(stem: str, text: str, language: str) -> str:
    return text if language == "en" else chinese(stem).get(text, text)


@cache
def chinese(stem: str) -> dict[str, str]:
    """Chinese by English sentence, of all catalogues that begin so: ``cases_benefit``, ``cases_data_quality``.

    Raises:
        ValueError: a sentence stands in two of them.
    """
    translated: dict[str, str] = {}
    for path in sorted((FOLDER / "zh" / "LC_MESSAGES").glob(f"{stem}_*.po")):
        read = messages("zh", path.stem, FOLDER)
        if twice := translated.keys() & read.keys():
            raise ValueError(f"{path.name} repeats {sorted(twice)}")
        translated |= read
    return translated
