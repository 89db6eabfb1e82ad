"""Words in English and Chinese: gettext catalogues, read by Babel when they are first asked for.

A message is named by an id (``report.title``), never by its English text, so that both languages are translations. No
compiled file is kept.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("en", "zh")
_ERRORS = ("agency", "data")
_LOCALE = Path(__file__).parent / "locale"


@cache
def messages(language: str, name: str, folder: Path = _LOCALE) -> dict[str, str]:
    """Messages of one catalogue by id.

    Args:
        language: ``en`` or ``zh``.
        name: of the catalogue's file; ``codes`` has the names of the contract's codes.
        folder: where the languages lie.
    """
    with (folder / language / "LC_MESSAGES" / f"{name}.po").open("rb") as handle:
        read = read_po(handle, locale=language)
    return {str(message.id): str(message.string) for message in read if message.id}


def grade_group(queue: str) -> str:
    """The group of codes that names the grades of a queue's alerts.

    An error of the agency and a defect of the data are no suspicion of anybody: ``error_grade``, not ``severity``.
    """
    return "error_grade" if queue in _ERRORS else "severity"


def code_label(group: str, code: str, language: str) -> str:
    """The name of a code (``district``, ``level``, ``provider_kind``); the code itself where it has none."""
    return messages(language, "codes").get(f"{group}.{code}", code)
